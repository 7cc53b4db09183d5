import { ChevronsUpDown, LayoutGrid, Plus } from 'lucide-react';
import { useStore } from 'zustand';
import { taskFactsOf } from '../../../main/contract/machine-facts.ts';
import type { MachineStatus } from '../../../main/contract/machines.ts';
import { useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { MachineMark } from './machine-mark.tsx';
import styles from './machine-switcher.module.css';
import { stateOfFacts, stateOfMachine, type MachineState } from './machine-words.ts';
import { useMachines } from './use-machines.ts';

const c = bindClasses(styles);
const words = text.machines;

/** The machine that the window shows, and a menu of all others. Absent while there is no other machine. */
export function MachineSwitcher() {
  const { fleet, machine: shown } = useSession();
  const machines = useMachines((state) => state.machines);
  const here = useStateHere();
  if (machines.length === 0) return null;
  const present = machines.find(({ name }) => name === shown);
  const state = present === undefined ? here : stateOfMachine(present);
  const name = shown ?? words.here;
  const home = fleet.sessionOf(null).commands.navigation;
  const entries: MenuEntry[] = [
    entry(words.here, null, here, shown === null, () => fleet.show(null)),
    ...machines.map((each) =>
      entry(each.name, each.colour, stateOfMachine(each), each.name === shown, () => fleet.show(each.name)),
    ),
    {
      ...{ label: words.all, icon: <LayoutGrid aria-hidden />, separated: true },
      onSelect: () => showAll(fleet),
    },
    {
      ...{ label: words.addMachine, icon: <Plus aria-hidden /> },
      onSelect: () => {
        fleet.show(null);
        home.showSetting(words.title);
      },
    },
  ];
  return (
    <Menu entries={entries} align="start">
      <button
        type="button"
        className={c('switcher')}
        aria-label={words.switcher(name, state.label)}
        title={words.switcher(name, state.label)}
      >
        <MachineMark colour={present?.colour ?? null} tone={state.tone} />
        <span className={c('name')}>{name}</span>
        <ChevronsUpDown aria-hidden className={c('chevron')} />
      </button>
    </Menu>
  );
}

const entry = (
  label: string,
  colour: MachineStatus['colour'],
  state: MachineState,
  current: boolean,
  onSelect: () => void,
): MenuEntry => ({
  ...{ label, current, onSelect, detail: state.label },
  icon: <MachineMark colour={colour} tone={state.tone} />,
});

function showAll(fleet: ReturnType<typeof useSession>['fleet']): void {
  fleet.show(null);
  fleet.sessionOf(null).commands.navigation.go({ view: 'machines' });
}

/** Returns the state of this machine, whichever the window shows. */
export function useStateHere(): MachineState {
  const { fleet } = useSession();
  const schedule = useStore(fleet.sessionOf(null).stores.schedule, (state) => state.schedule);
  return schedule === null ? { tone: 'idle', label: words.states.connecting } : stateOfFacts(taskFactsOf(schedule));
}
