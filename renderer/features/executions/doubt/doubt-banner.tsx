import type { Doubt } from '../../../../main/contract/doubt.ts';
import type { Execution } from '../../../../main/contract/execution.ts';
import { useCommands, useSchedule } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { criterionWords, hasCriterion } from './doubts.ts';
import styles from '../execution-view.module.css';

const c = bindClasses(styles);
const words = text.doubts;

/** Says why a successful run is doubtful, and offers to count such runs as failures. */
export function DoubtBanner({ execution, doubt }: { execution: Execution; doubt: Doubt }) {
  const { tasks, navigation } = useCommands();
  const task = useSchedule((schedule) => schedule.tasks.find(({ id }) => id === execution.taskId));
  const isCounted = task !== undefined && hasCriterion(task, doubt.criterion);
  return (
    <div className={c('doubt')} role="status">
      <strong>{doubt.message}</strong>
      {isCounted && (
        <>
          <span data-selectable>{words.isCounted(criterionWords(doubt.criterion))}</span>
          <Button
            size="small"
            look="quiet"
            onClick={() => navigation.openEditor({ kind: 'edit', taskId: execution.taskId })}
          >
            {words.showCheck}
          </Button>
        </>
      )}
      {task !== undefined && !isCounted && (
        <>
          <Button size="small" look="quiet" onClick={() => void tasks.ignoreDoubts(task)}>
            {words.ignore}
          </Button>
          <Button
            size="small"
            title={words.countHint(criterionWords(doubt.criterion))}
            onClick={() => void tasks.addCriterion(task, doubt.criterion)}
          >
            {words.count}
          </Button>
        </>
      )}
    </div>
  );
}
