import { minuteMs } from '../domain/durations.ts';
import type { EnvironmentReport, EnvironmentVariable } from '../contract/test-run.ts';
import { isSecretVariable } from '../domain/secrets/rules.ts';
import type { LoginEnvironment } from '../ports/login-shell.ts';
import { compareEnvironments } from '../services/environment/environment-comparison.ts';
import type { Outside } from './outside.ts';

type Needs = Pick<Outside, 'loginShell' | 'logger'>;

/**
 * Returns a function that reads the environment of tasks. It is read again for each run, because it may have been
 * captured again meanwhile. A problem is logged once.
 */
export function loginVariables({ loginShell, logger }: Needs): () => Promise<Readonly<Record<string, string>>> {
  let warned: string | null = null;
  return async () => {
    const { env, problem } = await (await loginShell()).captured();
    if (problem !== null && problem !== warned) logger.warn(problem);
    warned = problem;
    return env;
  };
}

/** After a command was not found, the environment is captured again if it is at least this old, in ms. */
const youngMs = 5 * minuteMs;

/** Returns a function that renews the environment after a run whose program was not found. */
export function renewalAfterMiss({ loginShell, logger }: Needs): () => Promise<void> {
  return async () => {
    const { problem } = await (await loginShell()).renew(youngMs);
    if (problem !== null) logger.warn(problem);
  };
}

/** Shows, compares and refreshes the environment that tasks get. */
export class TaskEnvironments {
  readonly #loginShell: Needs['loginShell'];

  constructor({ loginShell }: Pick<Needs, 'loginShell'>) {
    this.#loginShell = loginShell;
  }

  /** Returns the environment that tasks get, sorted by name, without the values of what looks like a secret. */
  async show(): Promise<EnvironmentReport & { variables: EnvironmentVariable[] }> {
    const captured = await (await this.#loginShell()).captured();
    const variables = Object.entries(captured.env)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => {
        const hidden = isSecretVariable(name, value);
        return { name, value: hidden ? null : value, hidden };
      });
    return { ...reportOf(captured, captured.problem, []), variables };
  }

  /** Compares the environment with that of a new login shell, which may take seconds to start. */
  async compare(): Promise<EnvironmentReport> {
    const shell = await this.#loginShell();
    const captured = await shell.captured();
    const present = await shell.present();
    const differences = present.problem === null ? compareEnvironments(captured.env, present.env) : [];
    return reportOf(captured, present.problem, differences);
  }

  /** Captures the environment again, for runs that start later. */
  async refresh(): Promise<EnvironmentReport> {
    const captured = await (await this.#loginShell()).refresh();
    return reportOf(captured, captured.problem, []);
  }
}

function reportOf(
  { env, source, capturedAt }: LoginEnvironment,
  problem: string | null,
  differences: EnvironmentReport['differences'],
): EnvironmentReport {
  return { source, capturedAt, count: Object.keys(env).length, differences, problem };
}
