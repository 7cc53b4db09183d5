import { serverNameOf } from '../../../contract/built-in/built-ins.ts';
import type { McpServer } from '../../../contract/settings.ts';
import type { ExecutionSpec, ProbeSpec } from '../../../contract/worker.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { changePlaces } from '../../../domain/probe/change-places.ts';
import { resolveSecrets } from '../../../domain/secrets/references.ts';
import { usableServer } from '../../../domain/server-use.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import type { Attempt } from './attempt.ts';
import { seenBefore } from './seen.ts';

interface ProbeSurroundings {
  readonly environment: Pick<TaskEnvironment, 'secret'>;
  /** The environment of the task's process, before secrets are inserted. */
  readonly env: Readonly<Record<string, string>>;
  readonly server: McpServer | null | undefined;
  readonly mark: Marks['mark'];
}

interface ResolvedProbe {
  readonly spec: ProbeSpec;
  /** The variables that a shell line with secrets refers to. */
  readonly env: Readonly<Record<string, string>>;
  /** Values of secrets that were inserted. */
  readonly secrets: readonly string[];
}

/**
 * Returns what the worker gets to look at before it runs the task; null for a task without a probe.
 * @throws SchedulerError if a secret or a variable of the server is missing, or the server is turned off.
 */
export function probeOf(
  { task, trigger }: Pick<Attempt, 'task' | 'trigger'>,
  { environment, env, server, mark }: ProbeSurroundings,
): ResolvedProbe | null {
  const probe = task.policies?.probe;
  if (probe === undefined) return null;
  const { tool = task.tool, then = 'run', first = 'record', path, pattern, ignore } = probe;
  const isOwnTool = probe.tool === undefined;
  if (isOwnTool && then === 'run')
    throw new SchedulerError(
      'task/invalid',
      'The probe names no tool, and only a probe that tells a change needs none.',
    );
  const written = {
    tool,
    parameters: isOwnTool ? task.parameters : (probe.parameters ?? {}),
    env: {},
    mcpServer: server == null ? null : usableServer(serverNameOf(tool), server, env),
  };
  const { places, values } = resolveSecrets(written, (name) => environment.secret(name), process.platform);
  return {
    spec: {
      ...{ tool, parameters: places.parameters, mcpServer: places.mcpServer, then, first, isOwnTool },
      ...(path === undefined ? {} : { path }),
      ...(pattern === undefined ? {} : { pattern }),
      ...(ignore === undefined ? {} : { ignore }),
      always: trigger === 'manual' || trigger === 'test',
      previous: seenBefore(mark, task),
      places: changePlaces(task.parameters).map(({ keys, field }) => ({ keys: [...keys], field })),
    },
    env: places.env,
    secrets: values,
  };
}

/** Adds the variables of the probe to those of the task, which run in the same environment. */
export function withProbeEnv<T extends Pick<ExecutionSpec, 'env'>>(spec: T, probe: ResolvedProbe | null): T {
  return probe === null ? spec : { ...spec, env: { ...spec.env, ...probe.env } };
}
