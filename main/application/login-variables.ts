import { join } from 'node:path';
import type { LoginEnvironment } from '../adapters/process/login-environment.ts';
import type { EnvironmentReport } from '../contract/test-run.ts';
import { compareEnvironments } from '../services/settings/environment-comparison.ts';
import type { Core } from './core.ts';

/**
 * The login shell's environment; a shell that cannot be asked is reported in the log, and asked once per process. What
 * was captured is read at each run, since it may be captured anew meanwhile.
 */
export function loginVariables(core: Core): () => Promise<Readonly<Record<string, string>>> {
  let asked: Promise<LoginEnvironment> | null = null;
  return async () => {
    const mine = (asked ??= ask(core));
    const { env, source } = await mine;
    if (source !== 'fallback' && asked === mine) asked = null;
    return env;
  };
}

async function ask(core: Core): Promise<LoginEnvironment> {
  const { loginEnvironment } = await import('../adapters/process/login-environment.ts');
  const answer = await loginEnvironment(optionsOf(core));
  if (answer.problem !== null) core.logger.warn(answer.problem);
  return answer;
}

/** What tasks get, against what a login shell has now. */
export async function compareEnvironment(core: Core): Promise<EnvironmentReport> {
  const shells = await import('../adapters/process/login-environment.ts');
  const captured = await shells.loginEnvironment(optionsOf(core));
  const present = await shells.presentLoginEnvironment(optionsOf(core));
  const differences = present.problem === null ? compareEnvironments(captured.env, present.env) : [];
  return reportOf(captured, present.problem, differences);
}

/** Captures the environment anew: runs that start from now on get it. */
export async function refreshEnvironment(core: Core): Promise<EnvironmentReport> {
  const { refreshLoginEnvironment } = await import('../adapters/process/login-environment.ts');
  const captured = await refreshLoginEnvironment(optionsOf(core));
  return reportOf(captured, captured.problem, []);
}

function reportOf(
  { env, source, capturedAt }: LoginEnvironment,
  problem: string | null,
  differences: EnvironmentReport['differences'],
): EnvironmentReport {
  return { source, capturedAt, count: Object.keys(env).length, differences, problem };
}

const optionsOf = (core: Core) => ({ cachePath: join(core.paths.dir, 'login-environment.json') });
