import { Bot, FilePen, Monitor, SquareTerminal, Timer, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Change } from '../../../main/contract/history.ts';
import { useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Ago } from '../../ui/clock.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { DifferenceList } from '../history/difference-list.tsx';
import { useTaskNames } from '../history/use-task-names.ts';
import { sideWords } from '../history/value-words.ts';
import styles from './activity.module.css';
import { undoStateOf, type ActivityEntry } from './entries.ts';

const c = bindClasses(styles);
const words = text.activity;

/** One act: what it did, by whom, its differences, and its Undo button or why there is none. */
export function ActivityRow({ entry, onUndone }: { entry: ActivityEntry; onUndone: () => void }) {
  const { history } = useCommands();
  const { changes } = entry;
  const [first] = changes;
  const isBatch = changes.length > 1;
  const title = isBatch ? words.batch(first.action, changes.length) : words.what(first);
  const state = undoStateOf(entry);
  const undo = async () => {
    const undid = words.undid(title);
    await (isBatch && first.batch !== null ? history.undoBatch(first.batch, undid) : history.undo(first.id, undid));
    onUndone();
  };
  return (
    <article className={c('row', state.kind === 'undone' && 'undone')} aria-label={title}>
      <div className={c('head')}>
        <AuthorIcon author={first.author} />
        <strong className={c('title')}>{title}</strong>
        <span className={c('by')}>
          {text.history.author(first.author)} · <Ago at={first.at} />
        </span>
        <span className={c('act')}>
          {state.kind === 'possible' && (
            <Button
              size="small"
              icon={<Undo2 aria-hidden />}
              aria-label={words.undoNamed(title)}
              onClick={() => void undo()}
            >
              {isBatch ? words.undoAll : text.common.undo}
            </Button>
          )}
          {state.kind === 'undone' && <span className={c('badge')}>{words.undone}</span>}
        </span>
      </div>
      {isBatch ? <Batch changes={changes} /> : <Details change={first} />}
      {state.kind === 'impossible' && isUndoable(first) && (
        <p className={c('reason')}>{words.cannotUndo(state.reason)}</p>
      )}
    </article>
  );
}

/** What ran, or what a person decided about an agent or did in a browser beside tasks, is no change that anybody would expect to undo. */
const isUndoable = ({ action }: Change): boolean => !/^(?:agent|browser)\./.test(action) && action !== 'task.trigger';

function AuthorIcon({ author }: { author: string }) {
  const Icon = iconOf(author);
  return <Icon aria-hidden className={c('icon')} />;
}

function iconOf(author: string): LucideIcon {
  if (author.startsWith('mcp:')) return Bot;
  if (author === 'cli') return SquareTerminal;
  if (author === 'file') return FilePen;
  return author === 'scheduler' ? Timer : Monitor;
}

function Batch({ changes }: { changes: readonly Change[] }) {
  return (
    <Disclosure title={words.showBatch(changes.length)}>
      <ul className={c('batch')}>
        {changes.map((change) => (
          <li key={change.id}>
            {words.what(change)}
            <Details change={change} />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** The differences of a change; of a created or deleted task only what tells it from others. */
function Details({ change }: { change: Change }) {
  const { kind, differences, action } = change;
  const nameOf = useTaskNames();
  if (action === 'browser.call') return null;
  if (action.startsWith('agent.') && !['agent.change', 'agent.revoke'].includes(action)) return null;
  if (kind === 'changed') return differences.length === 0 ? null : <DifferenceList differences={differences} />;
  const side = kind === 'created' ? 'after' : 'before';
  const facts = ['schedule', 'policies.after', 'parameters'].flatMap((field) => {
    const difference = differences.find((candidate) => candidate.field === field);
    return difference === undefined ? [] : [sideWords(difference, side, nameOf)];
  });
  return (
    <p className={c('facts')} data-selectable>
      {facts.join(' · ')}
    </p>
  );
}
