import { CircleCheck, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AgentProgramName, ShownAgentProgram } from '../../../main/contract/agent-programs.ts';
import { copyText } from '../../bridge/clipboard.ts';
import { useCommands, useSession } from '../../session-context.tsx';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './connect-agent-dialog.module.css';

const c = bindClasses(styles);
const words = text.connectAgent;

type FileChange = NonNullable<ShownAgentProgram['change']>;

/** Shows how to add this installation to a program with agents, and writes its file after a preview. */
export function ConnectAgentDialog() {
  const { agents, navigation } = useCommands();
  const [programs, setPrograms] = useState<readonly ShownAgentProgram[] | null>(null);
  const [name, setName] = useState<AgentProgramName>('claude-desktop');
  const [previewed, setPreviewed] = useState(false);
  const close = () => navigation.setConnect(false);
  const load = () => agents.programs().then((found) => found === null || setPrograms(found));
  useEffect(() => void load(), [agents]);
  const program = programs?.find((candidate) => candidate.program === name);
  const choose = (next: AgentProgramName) => {
    setName(next);
    setPreviewed(false);
  };
  const write = async (change: FileChange) => {
    await agents.connect(name, change.basis);
    setPreviewed(false);
    // Also after a refusal: the file may have changed, and the new preview shows how.
    await load();
  };
  return (
    <Dialog title={words.title} width="wide" onDismiss={close}>
      <DialogBody>
        <div className={c('body')}>
          <p className={c('intro')}>{words.intro}</p>
          <Field label={words.program}>
            {(ids) => <Select {...ids} value={name} options={optionsFor(programs ?? [])} onChange={choose} />}
          </Field>
          {program ? (
            previewed && program.change ? (
              <Preview path={program.path} change={program.change} />
            ) : (
              <Way program={program} />
            )
          ) : (
            <p aria-busy>{words.loading}</p>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={close}>{text.common.close}</Button>
        {program?.change && !previewed && <Button onClick={() => setPreviewed(true)}>{words.preview}</Button>}
        {program?.change && previewed ? (
          <WriteButton change={program.change} onWrite={write} />
        ) : (
          program && program.state !== 'connected' && <CopyButton snippet={program.snippet} />
        )}
      </DialogFooter>
    </Dialog>
  );
}

/** Returns the programs, those that are on this machine first. */
function optionsFor(programs: readonly ShownAgentProgram[]) {
  const found = new Set(programs.flatMap((each) => (each.found ? [each.program] : [])));
  const options = (Object.keys(words.programs) as AgentProgramName[]).map((value) => ({
    value,
    label: found.has(value) ? words.found(words.programs[value]) : words.programs[value],
  }));
  return options.sort((one, other) => Number(found.has(other.value)) - Number(found.has(one.value)));
}

/** The snippet or command, and what the program's file holds now. */
function Way({ program: { kind, path, snippet, state, problem, change } }: { program: ShownAgentProgram }) {
  const runThis = change === null ? words.runThisOnly : words.runThis(path);
  return (
    <>
      <p className={c('state', state)}>
        {state === 'connected' ? <CircleCheck aria-hidden /> : state !== 'absent' && <TriangleAlert aria-hidden />}
        {state === 'other' && problem !== null ? problem : `${words.states[state]} ${problem ?? ''}`}
      </p>
      {state === 'connected' ? (
        <p>{words.entryIn(path)}</p>
      ) : (
        <>
          <p>{kind === 'command' ? runThis : words.addThis(path)}</p>
          <pre className={c('text')} tabIndex={0} aria-label={words.title} data-selectable>
            {snippet}
          </pre>
        </>
      )}
    </>
  );
}

function Preview({ path, change: { lines, isNew } }: { path: string; change: FileChange }) {
  const title = isNew ? words.newFile(path) : words.change(path);
  return (
    <section className={c('preview')} aria-label={title}>
      <h3>{title}</h3>
      <pre className={c('text')} tabIndex={0} data-selectable>
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </pre>
      {!isNew && <p className={c('kept')}>{words.copyKept}</p>}
    </section>
  );
}

/** One line of a change: what is added or removed is also named, not only coloured. */
function Line({ line }: { line: string }) {
  if (line.startsWith('+')) {
    return (
      <ins className={c('line', 'added')}>
        <span className="visually-hidden">{words.added} </span>
        {line}
      </ins>
    );
  }
  if (line.startsWith('-')) {
    return (
      <del className={c('line', 'removed')}>
        <span className="visually-hidden">{words.removed} </span>
        {line}
      </del>
    );
  }
  return <span className={c('line')}>{line}</span>;
}

interface WriteButtonProps {
  change: FileChange;
  onWrite: (change: FileChange) => Promise<void>;
}

const WriteButton = ({ change, onWrite }: WriteButtonProps) => (
  <Button look="primary" autoFocus onClick={() => void onWrite(change)}>
    {words.write}
  </Button>
);

function CopyButton({ snippet }: { snippet: string }) {
  const { stores } = useSession();
  const copy = async () => {
    const copied = await copyText(snippet);
    const message = copied ? words.copied : text.log.notCopied;
    showToast(stores.toasts, { tone: copied ? 'info' : 'error', message });
  };
  return (
    <Button look="primary" icon={<Copy aria-hidden />} onClick={() => void copy()}>
      {words.copy}
    </Button>
  );
}
