import { Archive, CircleAlert } from 'lucide-react';
import type { ShownBackup } from '../../../main/contract/backups.ts';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { DifferenceList } from './difference-list.tsx';
import styles from './history.module.css';
import { useAnswer } from './use-answer.ts';

const c = bindClasses(styles);

/** Lists the backups of the tasks, each with what restoring it would change. */
export function BackupsDialog() {
  const { history, navigation } = useCommands();
  const { answer } = useAnswer(() => history.backups());
  const restore = async (name: string) => {
    if ((await history.restore(name)) !== null) navigation.closeHistory();
  };
  return (
    <Dialog title={text.backups.title} width="wide" onDismiss={navigation.closeHistory}>
      <DialogBody>
        <p className={c('hint')}>{text.backups.hint}</p>
        {answer.state === 'waiting' && <Loading />}
        {answer.state === 'failed' && (
          <EmptyState icon={<CircleAlert />} title={text.backups.unreadable}>
            {answer.message}
          </EmptyState>
        )}
        {answer.state === 'there' && answer.value.backups.length === 0 && (
          <EmptyState icon={<Archive />} title={text.backups.empty}>
            {text.backups.emptyHint}
          </EmptyState>
        )}
        {answer.state === 'there' && (
          <ol className={c('list')}>
            {answer.value.backups.map((backup) => (
              <BackupItem key={backup.name} backup={backup} onRestore={() => void restore(backup.name)} />
            ))}
          </ol>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={navigation.closeHistory}>{text.common.close}</Button>
      </DialogFooter>
    </Dialog>
  );
}

function BackupItem({ backup, onRestore }: { backup: ShownBackup; onRestore: () => void }) {
  const { name, savedAt, tasks, changes } = backup;
  return (
    <li className={c('item')} aria-label={name}>
      <div className={c('head')}>
        <strong>
          <Ago at={savedAt} />
        </strong>
        <span className={c('by')}>
          {name}
          {tasks === null ? '' : ` · ${text.backups.tasks(tasks)}`}
        </span>
        <span className={c('act')}>
          <Button size="small" disabled={tasks === null} onClick={onRestore}>
            {text.backups.restore}
          </Button>
        </span>
      </div>
      {tasks === null && <p className={c('obstacle')}>{text.backups.unreadable}</p>}
      {tasks !== null && changes.length === 0 && <p className={c('obstacle')}>{text.backups.same}</p>}
      <ul className={c('changes')}>
        {changes.map((change) => (
          <li key={change.taskId}>
            <span className={c('task')}>{change.taskName}</span> {text.backups.change(change, text.history.field)}
            {change.kind === 'changed' && <DifferenceList differences={change.differences} />}
          </li>
        ))}
      </ul>
    </li>
  );
}
