import type { Criterion } from '../../../../main/contract/success.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import { text } from '../../../text/en.ts';

/** Returns whether the task has this success criterion. The order of its fields does not matter. */
export function hasCriterion(task: Pick<TaskView, 'policies'>, criterion: Criterion): boolean {
  const wanted = inOrder(criterion);
  return (task.policies?.success ?? []).some((one) => inOrder(one) === wanted);
}

const inOrder = (criterion: Criterion): string =>
  JSON.stringify(Object.entries(criterion).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Returns what a criterion demands, in the words of the task editor: `Output does not match ^\s*ERROR:`. */
export function criterionWords(criterion: Criterion): string {
  const { kinds, tests } = text.success;
  const details = detailsOf(criterion, tests);
  return [kinds[criterion.check], ...details].join(' ');
}

function detailsOf(criterion: Criterion, tests: typeof text.success.tests): string[] {
  switch (criterion.check) {
    case 'contains':
    case 'lacks':
      return [criterion.text];
    case 'matches':
    case 'lacks-match':
      return [criterion.pattern];
    case 'json':
      return criterion.value === undefined
        ? [criterion.path, tests[criterion.is]]
        : [criterion.path, `${tests[criterion.is]}:`, JSON.stringify(criterion.value)];
    case 'file':
      return [criterion.path];
    case 'empty':
    case 'not-empty':
      return [];
  }
}
