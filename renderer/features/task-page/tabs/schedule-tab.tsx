import { useState } from 'react';
import type { SlotRecord } from '../../../../main/contract/execution.ts';
import { isOnDemand } from '../../../../main/contract/schedule-rule.ts';
import type { TaskView } from '../../../../main/contract/task.ts';
import { useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Loading } from '../../../ui/loading.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { optionsOf } from '../../../ui/select.tsx';
import styles from './schedule-tab.module.css';
import { SlotRow } from './slot-row.tsx';
import { useKept } from '../use-report.ts';

const c = bindClasses(styles);
const words = text.taskPage;
const periods: Readonly<Record<Period, string>> = words.periods;

const HOUR = 3_600_000;
const lengths = { day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const;
type Period = keyof typeof lengths;

/** Slots that are shown until the person asks for more. */
const AT_FIRST = 50;

/** The slots of a task that did not run, newest first, each with the reason. `slot` is opened at once. */
export function ScheduleTab({ task, slot }: { task: TaskView; slot: string | null }) {
  const { call } = useSession();
  const [period, setPeriod] = useState<Period>(() => periodOf(slot));
  const [count, setCount] = useState(AT_FIRST);
  const { id, lastExecutionId, status, skipUntil, armedAt } = task;
  const key = [id, period, lastExecutionId, status, skipUntil, armedAt].join(' ');
  const { value: slots, failure } = useKept(key, async () => {
    const since = new Date(Date.now() - lengths[period]).toISOString();
    return notRun((await call('tasks.why', { taskId: id, since })).slots);
  });
  // A slot that a mark or a link names is shown even if it is further down.
  const isNamed = (record: SlotRecord) => slot !== null && Date.parse(record.slot) === Date.parse(slot);
  const shown = (slots ?? []).filter((record, index) => index < count || isNamed(record));
  const left = (slots?.length ?? 0) - shown.length;
  return (
    <section className={c('tab')} aria-label={words.didNotRun}>
      <header className={c('head')}>
        <h2>{words.didNotRun}</h2>
        <Segmented label={words.period} value={period} options={optionsOf(periods)} onChange={setPeriod} />
      </header>
      {failure !== null && (
        <p className={c('bad')} role="alert">
          {failure}
        </p>
      )}
      {slots === null && failure === null && <Loading />}
      {slots?.length === 0 && <p className={c('faint')}>{isOnDemand(task) ? words.onDemand : words.allRan}</p>}
      <ul className={c('slots')}>
        {shown.map((record) => (
          <SlotRow key={record.slot} task={task} record={record} opensAtOnce={isNamed(record)} />
        ))}
      </ul>
      {left > 0 && (
        <Button size="small" look="quiet" onClick={() => setCount(count + AT_FIRST)}>
          {words.more(Math.min(left, AT_FIRST))}
        </Button>
      )}
    </section>
  );
}

const notRun = (slots: readonly SlotRecord[]): SlotRecord[] =>
  slots.filter(({ state }) => state === 'skipped' || state === 'unaccounted').toReversed();

/** Returns the shortest period that has the slot in it. */
function periodOf(slot: string | null): Period {
  if (slot === null) return 'week';
  const age = Date.now() - Date.parse(slot);
  return age > lengths.week ? 'month' : 'week';
}
