import type { EnvironmentDifference } from '../../contract/test-run.ts';
import { isSecretVariable } from '../../domain/secrets/rules.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * Returns the variables that differ between the environment of tasks and that of a shell. Secret values are left out.
 */
export function compareEnvironments(captured: Variables, shell: Variables): EnvironmentDifference[] {
  const names = new Set([...Object.keys(captured), ...Object.keys(shell)]);
  return [...names]
    .filter((name) => captured[name] !== shell[name])
    .sort((a, b) => a.localeCompare(b))
    .map((name) => difference(name, captured[name] ?? null, shell[name] ?? null));
}

function difference(name: string, captured: string | null, shell: string | null): EnvironmentDifference {
  const hidden = isSecretVariable(name, `${captured ?? ''}\n${shell ?? ''}`);
  const shown = (value: string | null): string | null => (hidden && value !== null ? '' : value);
  return { name, captured: shown(captured), shell: shown(shell), hidden };
}
