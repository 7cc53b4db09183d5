import { RE2JS } from 're2js';
import type { Criterion } from '../../contract/success.ts';
import { pathProblem } from './json-check.ts';

/** Returns why a criterion cannot be checked, with what would be right; null if it can. */
export function criterionProblem(criterion: Criterion): string | null {
  if (criterion.check === 'json') {
    const problem = pathProblem(criterion.path);
    return problem === null ? null : `"${criterion.path}" is not a JSONPath such as $.items[0].name: ${problem}`;
  }
  if (criterion.check !== 'matches' && criterion.check !== 'lacks-match') return null;
  try {
    RE2JS.compile(criterion.pattern);
    return null;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return `"${criterion.pattern}" is not a regular expression of RE2 (without lookahead and backreferences): ${problem}`;
  }
}
