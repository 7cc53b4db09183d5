import { CircleAlert, ListTree } from 'lucide-react';
import { useState } from 'react';
import type { IpcOutput } from '../../../main/contract/ipc.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { useAnswer } from '../history/use-answer.ts';
import styles from './entries-dialog.module.css';

const c = bindClasses(styles);
const words = text.entries;
type Entry = IpcOutput<'entries.list'>['entries'][number];

/** Lists what is installed in the operating system's scheduler, and shows what each entry contains. */
export function EntriesDialog() {
  const { call } = useSession();
  const { navigation, doctor } = useCommands();
  const kind = useSchedule((schedule) => schedule.app.osScheduler);
  const { answer, again } = useAnswer(() => call('entries.list', {}));
  const close = () => navigation.setEntries(false);
  const isWrong = answer.state === 'there' && answer.value.entries.some(({ state }) => state === 'drifted');
  return (
    <Dialog title={words.title} width="wide" onDismiss={close}>
      <DialogBody>
        <p className={c('hint')}>{words.hint(text.osEntry.kind(kind))}</p>
        {answer.state === 'waiting' && <Loading />}
        {answer.state === 'failed' && (
          <EmptyState icon={<CircleAlert />} title={words.unreadable}>
            {answer.message}
          </EmptyState>
        )}
        {answer.state === 'there' && answer.value.entries.length === 0 && (
          <EmptyState icon={<ListTree />} title={words.none}>
            {words.noneHint}
          </EmptyState>
        )}
        {answer.state === 'there' && (
          <ul className={c('list')}>
            {answer.value.entries.map((entry) => (
              <EntryItem key={`${entry.kind} ${entry.path} ${entry.timingId}`} entry={entry} />
            ))}
          </ul>
        )}
      </DialogBody>
      <DialogFooter>
        {isWrong && <Button onClick={() => void doctor.fix().then(again)}>{words.fix}</Button>}
        <Button onClick={close}>{text.common.close}</Button>
      </DialogFooter>
    </Dialog>
  );
}

function EntryItem({ entry }: { entry: Entry }) {
  const { timingId, kind, state, path, detail } = entry;
  const group = useSchedule((schedule) => schedule.timings.find(({ id }) => id === timingId));
  const [isOpen, setOpen] = useState(false);
  const name = group?.sentence ?? timingId;
  return (
    <li className={c('item')} aria-label={name}>
      <div className={c('head')}>
        <strong>{name}</strong>
        <span className={c('state', state !== 'installed' && 'wrong')}>{words.states[state]}</span>
        {group !== undefined && (
          <Button size="small" look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {words.show}
          </Button>
        )}
      </div>
      <code className={c('path')}>{path}</code>
      {detail !== undefined && <p className={c('detail')}>{detail}</p>}
      {isOpen && <Content timingId={timingId} kind={kind} />}
    </li>
  );
}

/** What the entry contains if nobody changed it. */
function Content({ timingId, kind }: Pick<Entry, 'timingId' | 'kind'>) {
  const { call } = useSession();
  const { answer } = useAnswer(() => call('entries.preview', { timingId, kind }));
  if (answer.state === 'failed') return <p role="alert">{answer.message}</p>;
  if (answer.state === 'waiting') return null;
  const { artifacts, covers, notes } = answer.value;
  return (
    <div className={c('content')}>
      {artifacts.map((artifact) => (
        <figure key={artifact.path}>
          <figcaption className={c('path')}>{artifact.path}</figcaption>
          {/* Focusable, so that long lines can be scrolled by keyboard. */}
          <pre className={c('code')} tabIndex={0} role="region" aria-label={artifact.path} data-selectable>
            {artifact.content}
          </pre>
        </figure>
      ))}
      <p>{words[covers]}</p>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
