import { serverNameOf } from '../../../contract/built-in/built-ins.ts';
import { readKeep } from '../../../contract/keep.ts';
import type { ExecutionSetup } from '../../../contract/execution.ts';
import type { McpServer } from '../../../contract/settings.ts';
import type { Task } from '../../../contract/task.ts';
import type { ExecutionSpec } from '../../../contract/worker.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { ResolvedPolicies } from '../../../domain/policy/resolved-policies.ts';
import { maskedTexts } from '../../../domain/secrets/masking.ts';
import { resolveSecrets } from '../../../domain/secrets/references.ts';
import { usableServer } from '../../../domain/server-use.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { NewExecution } from '../../../ports/ledger/executions.ts';
import type { ProcessIdentity } from '../../../ports/process-tree.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import type { RunLimits } from '../runner-options.ts';
import type { Attempt } from './attempt.ts';
import { followUp } from './follow-up.ts';
import { probeOf, withProbeEnv } from './probe-spec.ts';
import type { TaskServers } from './task-servers.ts';

type Variables = Readonly<Record<string, string>>;

/** Who runs the attempt, where its log goes, and what it inherits. */
interface Surroundings {
  readonly executionId: string;
  /** ISO instant. */
  readonly startedAt: string;
  readonly owner: ProcessIdentity;
  readonly environment: TaskEnvironment;
  /** The number of variables that the task inherits. */
  readonly inheritedVariables: number;
  /** The accounts on which the run counts, with their days. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** Returns the record of an attempt as the ledger stores it before the attempt starts. */
export function newExecution(given: Attempt, surroundings: Surroundings): NewExecution {
  const { task, trigger, slot, attempt } = given;
  const { executionId, startedAt, owner, environment, inheritedVariables, accounts } = surroundings;
  const { id: taskId, name: taskName, timingId, tool, parameters } = task;
  return {
    executionId,
    taskId,
    taskName,
    timingId,
    tool,
    parameters,
    trigger,
    slot,
    attempt,
    startedAt,
    logPath: environment.logPath(executionId, startedAt),
    accounts,
    owner,
    cause: causeOf(given),
    setup: setupOf(given, environment, inheritedVariables),
  };
}

interface SpecSurroundings {
  readonly environment: TaskEnvironment;
  readonly variables: Variables;
  readonly servers: TaskServers;
  /** Reads a mark of the ledger. */
  readonly mark: Marks['mark'];
}

/**
 * Returns what the worker of an attempt gets: places and parameters with secrets inserted, environment and limits.
 *
 * @param servers The MCP servers that the task uses.
 * @throws SchedulerError if a secret or a variable of the server is missing.
 */
export function executionSpec(
  given: Attempt,
  execution: NewExecution,
  { environment, variables, servers, mark }: SpecSurroundings,
): ExecutionSpec {
  const { task, policies, after } = given;
  const { server } = servers;
  const env = { ...variables, ...task.env, ...describingVariables(given, execution) };
  const written = {
    tool: task.tool,
    parameters: task.parameters,
    env,
    mcpServer: server === null ? null : usableServer(serverNameOf(task.tool), server, env),
    ...agentServers(servers, env),
  };
  const { places, values } = resolveSecrets(written, (name) => environment.secret(name), process.platform);
  const probe = probeOf(given, {
    environment,
    env,
    server: servers.probe ?? (task.policies?.probe?.tool === undefined ? server : null),
    mark,
  });
  const logPath = environment.logPath(execution.executionId, execution.startedAt);
  return {
    ...places,
    // After the secrets were inserted, so that a reference to a secret in the result of a run is only text.
    ...withProbeEnv(followUp(task, after, logPath, places), probe),
    executionId: execution.executionId,
    taskName: task.name,
    workingDirectory: workingDirectoryOf(task, environment),
    ...keptServer(task, server),
    logPath,
    outputLimitBytes: policies.outputLimitBytes,
    timeoutMs: policies.timeoutMs,
    masked: maskedTexts([...values, ...(probe?.secrets ?? [])]),
    ...(policies.success.length === 0 ? {} : { success: [...policies.success] }),
    doubt: policies.doubt,
    ...(probe === null ? {} : { probe: probe.spec }),
  };
}

/**
 * Returns the configured MCP servers that the task gives its agent.
 * @throws SchedulerError `mcp/unknown-server`.
 */
function agentServers({ agentServers: given }: TaskServers, env: Variables) {
  if (Object.keys(given).length === 0) return {};
  const servers = Object.entries(given).map(([name, server]) => {
    if (server !== null) return [name, usableServer(name, server, env)] as const;
    const message = `No MCP server called "${name}" is configured. Add it to mcpServers, or change the task's parameter mcpServers.`;
    throw new SchedulerError('mcp/unknown-server', message, { server: name });
  });
  return { agentServers: Object.fromEntries(servers) as Readonly<Record<string, McpServer>> };
}

/** @throws SchedulerError `mcp/bad-keep`: the servers of NCP's profile were not checked when it was read. */
function keptServer(task: Task, server: McpServer | null): Pick<ExecutionSpec, 'kept'> {
  if (server === null) return {};
  const keep = readKeep(server);
  if ('problem' in keep) {
    const name = serverNameOf(task.tool);
    throw new SchedulerError('mcp/bad-keep', `The MCP server "${name}": keep ${keep.problem}.`, { server: name });
  }
  return keep.forMs === null ? {} : { kept: { forMs: keep.forMs, place: JSON.stringify(task.env ?? {}) } };
}

function setupOf(
  { task, policies }: Attempt,
  environment: TaskEnvironment,
  inheritedVariables: number,
): ExecutionSetup {
  return {
    workingDirectory: workingDirectoryOf(task, environment),
    env: task.env ?? {},
    inheritedVariables,
    ...limitsOf(policies),
    outputLimitBytes: policies.outputLimitBytes,
  };
}

function workingDirectoryOf({ workingDirectory }: Task, { homeDir }: TaskEnvironment): string {
  return workingDirectory ?? homeDir;
}

function causeOf({ after }: Attempt): NewExecution['cause'] {
  if (after === undefined) return undefined;
  const { executionId, taskId, taskName } = after;
  return { executionId, taskId, taskName };
}

/** Returns the variables that tell a task's command about its own run. */
function describingVariables(given: Attempt, execution: NewExecution): Record<string, string> {
  const { task } = given;
  return {
    NCP_EXECUTION_ID: execution.executionId,
    NCP_TASK_ID: task.id,
    NCP_TASK_NAME: task.name,
    NCP_ATTEMPT: String(execution.attempt),
    ...(execution.slot === null ? {} : { NCP_SLOT: execution.slot }),
    NCP_IDEMPOTENCY_KEY: idempotencyKey(given, execution),
  };
}

/**
 * Returns what is the same for every attempt at one piece of work, on every machine of a fleet, and for no other work: a slot,
 * or a run that a person or another task asked for. Each member that runs a task of `each` does work of its own.
 */
function idempotencyKey({ task, slot, trigger, first }: Attempt, { executionId }: NewExecution): string {
  const isOwnWork = slot === null || trigger === 'backfill' || task.shared?.runsOn.mode === 'each';
  return isOwnWork ? (first ?? executionId) : `${task.id}-${slot.replaceAll(/[-:]|\.000/g, '')}`;
}

/** Returns the limits of the processes of a run. */
export function limitsOf({ timeoutMs, memoryBytes, processes, nice }: ResolvedPolicies): RunLimits {
  return { timeoutMs, memoryBytes, processes, nice };
}
