import { useEffect, useState } from 'react';
import type { Machine, MachineTest } from '../../../../main/contract/machines.ts';
import type { Settings } from '../../../../main/contract/settings.ts';
import { useCan, useCommands, useSession } from '../../../session-context.tsx';
import { showToast } from '../../../stores/toast-store.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { MachineMark } from '../../machines/machine-mark.tsx';
import { stateOfMachine } from '../../machines/machine-words.ts';
import { useMachines } from '../../machines/use-machines.ts';
import { Section } from '../section.tsx';
import shared from '../settings.module.css';
import { MachineForm, draftOf, emptyDraft, machineOf, type MachineDraft } from './machine-form.tsx';
import styles from './machines.module.css';

const c = bindClasses({ ...shared, ...styles });
const words = text.machines;

/** Lists the machines that this window shows and the command line reaches by name. */
export function MachinesSection({ settings }: { settings: Settings }) {
  const { fleet } = useSession();
  const canShow = useCan('machines');
  const [isAdding, setAdding] = useState(false);
  const machines = Object.entries(settings.machines);
  const save = useSave(settings);
  useEffect(() => void (canShow && fleet.load()), [fleet, canShow]);
  const add = async (draft: MachineDraft) => {
    const isSaved = await save(draft.name, machineOf(draft), null);
    if (isSaved) setAdding(false);
    return isSaved;
  };
  return (
    <Section title={words.title}>
      <p className={c('remark')}>{canShow ? words.hint : words.commandHint}</p>
      {machines.map(([name, machine]) => (
        <MachineRow key={name} name={name} machine={machine} settings={settings} canShow={canShow} />
      ))}
      {isAdding ? (
        <MachineForm
          label={words.addMachine}
          first={emptyDraft}
          taken={Object.keys(settings.machines)}
          canShow={canShow}
          submit={words.add}
          onSave={add}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <div className={c('adding')}>
          <Button onClick={() => setAdding(true)}>{words.addMachine}</Button>
        </div>
      )}
    </Section>
  );
}

/** Returns a function that saves a machine, in the place of the one that it was, and says whether that worked. */
function useSave(settings: Settings) {
  const commands = useCommands();
  return async (name: string, machine: Machine, before: string | null): Promise<boolean> => {
    const others = Object.entries(settings.machines).map(([known, value]) =>
      known === before ? ([name, machine] as const) : ([known, value] as const),
    );
    const entries = before === null ? [...others, [name, machine] as const] : others;
    return (await commands.settings.change({ machines: Object.fromEntries(entries) })) !== null;
  };
}

interface MachineRowProps {
  name: string;
  machine: Machine;
  settings: Settings;
  canShow: boolean;
}

function MachineRow({ name, machine, settings, canShow }: MachineRowProps) {
  const [isEditing, setEditing] = useState(false);
  const { tested, test } = useTest(machine);
  const save = useSave(settings);
  const remove = useRemove(settings);
  const status = useMachines((state) => state.machines.find((candidate) => candidate.name === name));
  const change = async (draft: MachineDraft) => {
    const isSaved = await save(draft.name, machineOf(draft, machine), name);
    if (isSaved) setEditing(false);
    return isSaved;
  };
  return (
    <div className={c('server')}>
      <MachineMark colour={machine.colour ?? null} tone={status === undefined ? 'idle' : stateOfMachine(status).tone} />
      <div className={c('serverText')}>
        <strong>{name}</strong>
        <code data-selectable>{words.command(name)}</code>
      </div>
      <span className={c('faint')}>{machine.host}</span>
      {canShow && (
        <Button size="small" aria-label={words.testNamed(name)} busy={tested.isTesting} onClick={test}>
          {words.test}
        </Button>
      )}
      <Button size="small" look="quiet" aria-label={words.editNamed(name)} onClick={() => setEditing(!isEditing)}>
        {words.edit}
      </Button>
      <Button size="small" look="quiet" aria-label={words.removeNamed(name)} onClick={() => void remove(name, machine)}>
        {words.remove}
      </Button>
      <TestAnswer {...tested} />
      {isEditing && (
        <MachineForm
          label={words.editNamed(name)}
          first={draftOf(name, machine)}
          taken={Object.keys(settings.machines).filter((known) => known !== name)}
          canShow={canShow}
          submit={words.save}
          onSave={change}
          onCancel={() => setEditing(false)}
        />
      )}
    </div>
  );
}

interface Tested {
  isTesting: boolean;
  /** Null until the machine is tested; a text is what is wrong. */
  answer: MachineTest | string | null;
}

function useTest(machine: Machine): { tested: Tested; test: () => void } {
  const { fleet } = useSession();
  const [tested, setTested] = useState<Tested>({ isTesting: false, answer: null });
  const test = () => {
    setTested({ isTesting: true, answer: null });
    void fleet.test(machine).then((answer) => setTested({ isTesting: false, answer }));
  };
  return { tested, test };
}

function TestAnswer({ isTesting, answer }: Tested) {
  if (answer === null && !isTesting) return null;
  const isRefused = typeof answer === 'string';
  return (
    <p className={c('answer', isRefused && 'refused')} role="status" data-selectable>
      {answer === null ? words.testing : isRefused ? answer : words.answered(answer)}
      {answer !== null && !isRefused && !answer.sameContract && ` ${words.otherContract}`}
    </p>
  );
}

function useRemove(settings: Settings) {
  const commands = useCommands();
  const { stores } = useSession();
  return async (name: string, machine: Machine): Promise<void> => {
    const { [name]: _, ...rest } = settings.machines;
    if (!(await commands.settings.change({ machines: rest }))) return;
    const undo = () => {
      const present = stores.settings.getState().settings?.machines ?? rest;
      void commands.settings.change({ machines: { ...present, [name]: machine } });
    };
    const action = { label: text.common.undo, run: undo };
    showToast(stores.toasts, { tone: 'info', message: words.removed(name), action });
  };
}
