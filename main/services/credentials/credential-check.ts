import { agentRun } from '../../contract/built-in/agent-run.ts';
import type { Task } from '../../contract/task.ts';
import { agents } from '../../domain/agent-run/agents.ts';
import { minuteMs } from '../../domain/durations.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ResolvedPolicies } from '../../domain/policy/resolved-policies.ts';
import type { AccessStatus } from '../../ports/access-status.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StatusCommand } from '../../ports/status-command.ts';
import type { TaskEnvironment } from '../../ports/task-environment.ts';
import { executionSpec, newExecution } from '../runs/attempts/execution-spec.ts';
import { serversOf } from '../runs/attempts/task-servers.ts';
import { withAccess } from '../runs/attempts/with-access.ts';
import { RefusedAccess } from './refused-access.ts';

export interface CredentialCheckNeeds {
  readonly environment: TaskEnvironment;
  readonly clock: Clock;
  readonly statusCommand: StatusCommand;
  readonly accessStatus: AccessStatus;
  policies(task: Task): ResolvedPolicies;
}

/** Longest wait for an agent's answer. It may ask its service. */
const agentWaitMs = minuteMs / 2;

/** Errors that mean that a run cannot sign in. A server that cannot be reached may be reachable at the slot. */
const cannotSignIn: ReadonlySet<string> = new Set(['secret/not-found', 'mcp/sign-in-expired', 'mcp/variable-not-set']);

/**
 * Finds out whether a run could sign in now: by making what its worker would get, with the secrets and access tokens that
 * belong to it, by a look at its addresses, and by the agent's own status command. Runs nothing else, and counts as no run.
 */
export class CredentialCheck {
  readonly #needs: CredentialCheckNeeds;
  readonly #refused: RefusedAccess;

  constructor(needs: CredentialCheckNeeds) {
    this.#needs = needs;
    this.#refused = new RefusedAccess(needs.accessStatus, needs.clock);
  }

  /**
   * Returns why a run of the task could not sign in, with what renews it, as sentences without a secret; null if it could,
   * or if that is not known.
   */
  async problem(task: Task): Promise<string | null> {
    const variables = await this.#needs.environment.variables();
    return (
      (await this.#missingOrRefused(task, variables)) ?? (await this.#signedOut(task, { ...variables, ...task.env }))
    );
  }

  async #missingOrRefused(task: Task, variables: Readonly<Record<string, string>>): Promise<string | null> {
    const { environment, clock } = this.#needs;
    const attempt = {
      task,
      policies: this.#needs.policies(task),
      trigger: 'schedule',
      slot: null,
      attempt: 1,
    } as const;
    const execution = newExecution(attempt, {
      ...{ executionId: 'sign-in', startedAt: clock.nowIso(), environment, accounts: {} },
      ...{ owner: { pid: 0, startedAt: '' }, inheritedVariables: 0 },
    });
    try {
      const servers = serversOf(task, (name) => environment.mcpServer(name));
      const surroundings = { environment, variables, servers, mark: () => null };
      const { spec } = await withAccess(executionSpec(attempt, execution, surroundings), environment);
      return await this.#refused.problem(task, spec);
    } catch (problem) {
      if (problem instanceof SchedulerError) return cannotSignIn.has(problem.code) ? problem.message : null;
      throw problem;
    }
  }

  async #signedOut(task: Task, env: Readonly<Record<string, string>>): Promise<string | null> {
    if (task.tool !== agentRun.tool) return null;
    const { agent, command } = task.parameters;
    const known = Object.entries(agents).find(([name]) => name === agent)?.[1];
    // A program of the task's own, such as a wrapper in a container, need not know the command.
    if (known?.status === undefined || command !== undefined) return null;
    const options = { env, timeoutMs: agentWaitMs };
    const exitCode = await this.#needs.statusCommand(known.program, known.status, options);
    if (exitCode === null || exitCode === 0) return null;
    return `${known.title} is signed out. Sign in again: ${known.signIn}`;
  }
}
