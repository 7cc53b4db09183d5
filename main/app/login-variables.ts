import { join } from 'node:path';
import type { Core } from './core.ts';

/** The login shell's environment, read once per process; a shell that cannot be asked is reported in the log. */
export function loginVariables(core: Core): () => Promise<Readonly<Record<string, string>>> {
  let asked: Promise<Readonly<Record<string, string>>> | null = null;
  return () => (asked ??= ask(core));
}

async function ask(core: Core): Promise<Readonly<Record<string, string>>> {
  const { loginEnvironment } = await import('../adapters/process/login-environment.ts');
  const { env, problem } = await loginEnvironment({ cachePath: join(core.paths.dir, 'login-environment.json') });
  if (problem !== null) core.logger.warn(problem);
  return env;
}
