import type { SlotRecord } from '../../../../main/contract/execution.ts';
import type { SlotFact, SlotFix } from '../../../../main/contract/slot-explanation.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import type { Commands } from '../../../commands/commands.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { routeHash } from '../../../stores/route.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import styles from './schedule-tab.module.css';
import { useKept } from '../use-report.ts';

const c = bindClasses(styles);
const words = text.taskPage;

/** The facts around a slot that did not run, and the buttons that fix it. */
export function SlotExplanation({ task, record }: { task: TaskView; record: SlotRecord }) {
  const { call } = useSession();
  const commands = useCommands();
  const key = [task.id, record.slot, task.status, task.updatedAt, record.reason].join(' ');
  const { value: answer, failure } = useKept(key, () => call('reports.slot', { taskId: task.id, slot: record.slot }));
  if (failure !== null) {
    return (
      <p className={c('bad')} role="alert">
        {failure}
      </p>
    );
  }
  if (answer === null) return <p className={c('faint')}>{words.explaining}</p>;
  if (answer.explanation === null) return <p className={c('faint')}>{words.noSlot}</p>;
  const { facts, fixes } = answer.explanation;
  return (
    <>
      {facts.length === 0 && <p className={c('faint')}>{words.noFacts}</p>}
      <ul className={c('facts')} data-selectable>
        {facts.map((fact) => (
          <Fact key={JSON.stringify(fact)} fact={fact} />
        ))}
      </ul>
      {fixes.length > 0 && (
        <div className={c('fixes')}>
          {fixes.map((fix) => (
            <Button key={fix} size="small" onClick={() => apply(fix, task, commands)}>
              {words.fix[fix]}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function Fact({ fact }: { fact: SlotFact }) {
  const now = useNow(60_000);
  return (
    <li>
      {words.fact(fact, now)}
      {'executionId' in fact && (
        <>
          {' '}
          <a className={c('link')} href={routeHash({ view: 'execution', executionId: fact.executionId })}>
            {words.showRun}
          </a>
        </>
      )}
    </li>
  );
}

function apply(fix: SlotFix, task: TaskView, { tasks, schedule, doctor, navigation }: Commands): void {
  switch (fix) {
    case 'resume':
      return void tasks.resume(task);
    case 'resume-all':
      return void schedule.resumeAll();
    case 'fix-entries':
      return void doctor.fix();
    case 'catch-up':
      return void tasks.catchUp(task);
    case 'run-missed':
      return navigation.askToBackfill(task.id);
    case 'edit':
      return navigation.openEditor({ kind: 'edit', taskId: task.id });
  }
}
