import { Server, Settings } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { taskFactsOf } from '../../../main/contract/machine-facts.ts';
import type { MachineFacts, MachineStatus } from '../../../main/contract/machines.ts';
import { useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { View } from '../../ui/view.tsx';
import { MachineTrouble } from './machine-banner.tsx';
import { MachineMark } from './machine-mark.tsx';
import { useStateHere } from './machine-switcher.tsx';
import styles from './machines-view.module.css';
import { stateOfMachine, type MachineState } from './machine-words.ts';
import { useMachines } from './use-machines.ts';

const c = bindClasses(styles);
const words = text.machines;

/** All machines at a glance. Opening it connects to them. */
export function MachinesView() {
  const { fleet } = useSession();
  const machines = useMachines((state) => state.machines);
  useEffect(() => void fleet.connect(), [fleet]);
  const manage = () => {
    fleet.show(null);
    fleet.sessionOf(null).commands.navigation.showSetting(words.title);
  };
  const tools = (
    <Button icon={<Settings aria-hidden />} onClick={manage}>
      {words.manage}
    </Button>
  );
  return (
    <View title={words.title} tools={tools}>
      {machines.length === 0 ? (
        <EmptyState icon={<Server />} title={words.none} actions={<Button onClick={manage}>{words.addMachine}</Button>}>
          {words.noneHint}
        </EmptyState>
      ) : (
        <ul className={c('list')}>
          <ThisMachine />
          {machines.map((machine) => (
            <OtherMachine key={machine.name} machine={machine} />
          ))}
        </ul>
      )}
    </View>
  );
}

function ThisMachine() {
  const { fleet } = useSession();
  const schedule = useStore(fleet.sessionOf(null).stores.schedule, (state) => state.schedule);
  const state = useStateHere();
  return (
    <Card name={words.here} machine={null} colour={null} state={state} facts={schedule && taskFactsOf(schedule)}>
      {null}
    </Card>
  );
}

function OtherMachine({ machine }: { machine: MachineStatus }) {
  const { fleet } = useSession();
  const { name, host, colour, facts, trouble } = machine;
  return (
    <Card name={name} machine={name} colour={colour} state={stateOfMachine(machine)} facts={facts}>
      <p className={c('host')} data-selectable>
        {facts === null ? host : words.where(host, facts)}
      </p>
      {trouble !== null && (
        <p className={c('trouble')}>
          <MachineTrouble trouble={trouble} />{' '}
          <Button size="small" onClick={() => void fleet.connect(name)}>
            {words.tryNow}
          </Button>
        </p>
      )}
    </Card>
  );
}

interface CardProps {
  name: string;
  /** Null for this machine. */
  machine: string | null;
  colour: MachineStatus['colour'];
  state: MachineState;
  facts: Pick<MachineFacts, 'failing'> | null;
  children: React.ReactNode;
}

function Card({ name, machine, colour, state, facts, children }: CardProps) {
  const { fleet } = useSession();
  return (
    <li className={c('card')} aria-label={name}>
      <MachineMark colour={colour} tone={state.tone} />
      <div className={c('facts')}>
        <div className={c('head')}>
          <strong>{name}</strong>
          <span className={c('state', state.tone)}>{state.label}</span>
        </div>
        {children}
        {facts !== null && facts.failing.length > 0 && (
          <ul className={c('failing')}>
            {facts.failing.map(({ taskId, taskName, executionId }) => (
              <li key={taskId}>
                <button
                  type="button"
                  className={c('failure')}
                  onClick={() => fleet.show(machine, { view: 'execution', executionId })}
                >
                  {words.failed(taskName)}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Button aria-label={words.openNamed(name)} onClick={() => fleet.show(machine, { view: 'overview' })}>
        {words.open}
      </Button>
    </li>
  );
}
