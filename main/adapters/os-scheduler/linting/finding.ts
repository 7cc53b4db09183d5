import type { LintFinding } from '../../../contract/lint.ts';
import { parseCron } from '../../../domain/cron/parse-cron.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { cronSpecs, Unsaid } from '../reading/reading.ts';
import type { LintItem } from '../../../ports/lint-files.ts';

type At = number | null;

export const error = (line: At, message: string): LintFinding => ({ level: 'error', line, message });
export const warning = (line: At, message: string): LintFinding => ({ level: 'warning', line, message });
export const note = (line: At, message: string): LintFinding => ({ level: 'note', line, message });

/** Returns the result of a reader; or the reason why there is none, as an error at this line. */
export function attempt<T>(line: At, read: () => T): { readonly value: T } | { readonly finding: LintFinding } {
  try {
    return { value: read() };
  } catch (problem) {
    if (problem instanceof Unsaid || problem instanceof SchedulerError)
      return { finding: error(line, problem.message) };
    throw problem;
  }
}

/** Returns the schedules of a five-field cron expression, or the error. */
export function cronItem(
  line: At,
  expression: string,
  timezone: string,
): Pick<LintItem, 'expression' | 'schedules' | 'findings'> {
  const read = attempt(line, () => cronSpecs([parseCron(expression)], timezone));
  if ('finding' in read) return { expression, schedules: [], findings: [read.finding] };
  return { expression, schedules: read.value, findings: [] };
}

/** Returns errors for what NCP Scheduler understands, and a plain cron of five fields does not. */
export function plainCronProblems(
  line: At,
  expression: string,
  program: string,
  { macros, seven }: { readonly macros: boolean; readonly seven: boolean },
): LintFinding[] {
  if (expression.startsWith('@'))
    return macros ? [] : [error(line, `${program} does not know "${expression}". Write five fields.`)];
  const [, , monthDay = '', , weekday = ''] = expression.split(/\s+/);
  const found: LintFinding[] = [];
  if (/[LW#]/.test(monthDay) || /\dL|#|^L|^\+/i.test(weekday))
    found.push(error(line, `${program} does not know L, W and # in the day fields.`));
  if (!seven && /(?:^|[,/-])7(?:$|[,-])/.test(weekday))
    found.push(error(line, `${program} counts weekdays from 0 (Sunday) to 6. Write 0 instead of 7.`));
  return found;
}
