import { useEffect, useState } from 'react';
import { SessionContext, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Select } from '../../ui/select.tsx';
import { useMachines } from '../machines/use-machines.ts';
import { QuickAddForm } from './quick-add-form.tsx';
import styles from './quick-add-window.module.css';

const c = bindClasses(styles);

/** This machine in the choice; no machine has an empty name. */
const HERE = '';

/** Quick add as its own small window, opened from the tray. With other machines, it lets choose to which the task is added. */
export function QuickAddWindow() {
  const { call, fleet } = useSession();
  const machines = useMachines((state) => state.machines);
  const [chosen, setChosen] = useState(HERE);
  // A machine that was removed meanwhile leaves this one.
  const machine = machines.some(({ name }) => name === chosen) ? chosen : HERE;
  useEffect(() => {
    const load = () => void fleet.load();
    load();
    // The window is kept, and shown again.
    window.addEventListener('focus', load);
    return () => window.removeEventListener('focus', load);
  }, [fleet]);
  // Closing fails only if the main process has exited, and then the window is gone too.
  const close = () => void call('app.closeQuickAdd', {}).catch(() => undefined);
  const choose = (name: string) => {
    setChosen(name);
    if (name !== HERE) void fleet.connect(name);
  };
  return (
    <main className={c('window')}>
      <h1 className="visually-hidden">{text.quickAdd.title}</h1>
      <SessionContext value={fleet.sessionOf(machine === HERE ? null : machine)}>
        <QuickAddForm
          onClose={close}
          onDone={close}
          aside={machines.length > 0 && <MachineChoice {...{ machine, onChoose: choose }} />}
        />
      </SessionContext>
    </main>
  );
}

function MachineChoice({ machine, onChoose }: { machine: string; onChoose: (name: string) => void }) {
  const machines = useMachines((state) => state.machines);
  const options = [
    { value: HERE, label: text.machines.here },
    ...machines.map(({ name }) => ({ value: name, label: name })),
  ];
  return (
    <label className={c('machine')}>
      {text.quickAdd.machine}
      <Select compact value={machine} options={options} onChange={onChoose} />
    </label>
  );
}
