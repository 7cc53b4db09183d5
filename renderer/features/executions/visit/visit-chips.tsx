import { X } from 'lucide-react';
import { useCommands, useSchedule } from '../../../session-context.tsx';
import type { ExecutionQuery } from '../../../stores/execution-list.ts';
import { text } from '../../../text/en.ts';
import { formatMoment } from '../../../text/format.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import styles from './visit-chips.module.css';

const c = bindClasses(styles);

/** Shows the filters of this visit, each with a button that removes it. */
export function VisitChips({ visit }: { visit: ExecutionQuery }) {
  const { executions } = useCommands();
  const tasks = useSchedule((schedule) => schedule.tasks);
  const now = useNow(30_000);
  const { taskId, since, until } = visit;
  const name = tasks.find(({ id }) => id === taskId)?.name ?? taskId ?? '';
  const without = (...fields: (keyof ExecutionQuery)[]) => {
    const kept = Object.entries(visit).filter(([field]) => !fields.some((removed) => removed === field));
    void (kept.length === 0 ? executions.endVisit() : executions.query(Object.fromEntries(kept)));
  };
  const isSpan = since !== undefined || until !== undefined;
  if (taskId === undefined && !isSpan) return null;
  const span = text.executions.chipSpan(since && formatMoment(since, now), until && formatMoment(until, now));
  return (
    <ul className={c('chips')} aria-label={text.executions.chips}>
      {taskId !== undefined && <Chip label={text.executions.chipTask(name)} onRemove={() => without('taskId')} />}
      {isSpan && <Chip label={span} onRemove={() => without('since', 'until')} />}
    </ul>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <li className={c('chip')}>
      {label}
      <button type="button" className={c('remove')} aria-label={text.executions.removeFilter(label)} onClick={onRemove}>
        <X aria-hidden />
      </button>
    </li>
  );
}
