import type { EnvironmentReport } from '../../contract/test-run.ts';
import type { TextView } from './view.ts';

/** Returns where the environment of tasks comes from, and what is wrong with it. */
export function describeEnvironment({ source, capturedAt, count, problem }: EnvironmentReport, view: TextView): string {
  const sources = {
    'login-shell': 'your login shell, started now',
    cache: 'your login shell',
    process: 'this process',
    fallback: 'defaults, because your login shell could not be started',
  };
  const when = capturedAt === null ? '' : `, captured ${view.instant(capturedAt)}`;
  const variables = count === 1 ? '1 variable' : `${count} variables`;
  const line = `Tasks get ${variables} from ${sources[source]}${when}.`;
  return problem === null ? line : `${line}\n${view.style('yellow', 'Note:')} ${view.plain(problem)}`;
}
