import { CircleAlert, History } from 'lucide-react';
import type { Change } from '../../../main/contract/history.ts';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { DifferenceList } from './difference-list.tsx';
import styles from './history.module.css';
import { useAnswer } from './use-answer.ts';

const c = bindClasses(styles);

/** Lists all changes of one task, newest first, each with its differences and an Undo button. */
export function HistoryList({ taskId }: { taskId: string }) {
  const { history } = useCommands();
  const { answer, again } = useAnswer(() => history.changesOf(taskId));
  const undo = async (change: Change) => {
    await history.undo(change.id);
    again();
  };
  if (answer.state === 'failed') {
    return (
      <EmptyState icon={<CircleAlert />} title={text.history.unreadable}>
        {answer.message}
      </EmptyState>
    );
  }
  if (answer.state === 'waiting') return <Loading />;
  if (answer.value.changes.length === 0) {
    return (
      <EmptyState icon={<History />} title={text.history.empty}>
        {text.history.emptyHint}
      </EmptyState>
    );
  }
  return (
    <ol className={c('list')}>
      {answer.value.changes.map((change) => (
        <ChangeItem key={change.id} change={change} onUndo={() => void undo(change)} />
      ))}
    </ol>
  );
}

function ChangeItem({ change, onUndo }: { change: Change; onUndo: () => void }) {
  const { at, author, kind, undoes, differences, obstacle } = change;
  const what = undoes === null ? text.history.kinds[kind] : text.history.undoes;
  return (
    <li className={c('item')} aria-label={`${what}, ${text.history.author(author)}`}>
      <div className={c('head')}>
        <strong>{what}</strong>
        <span className={c('by')}>
          {text.history.author(author)} · <Ago at={at} />
        </span>
        <span className={c('act')} title={obstacle ?? undefined}>
          <Button size="small" disabled={obstacle !== null} onClick={onUndo}>
            {text.common.undo}
          </Button>
        </span>
      </div>
      {kind === 'changed' && <DifferenceList differences={differences} />}
      {obstacle !== null && <p className={c('obstacle')}>{obstacle}</p>}
    </li>
  );
}
