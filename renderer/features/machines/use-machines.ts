import { useStore } from 'zustand';
import type { MachineStatus } from '../../../main/contract/machines.ts';
import { useSession } from '../../session-context.tsx';
import { machineNamed, type MachinesState } from '../../stores/machines/machines-store.ts';

export function useMachines<T>(select: (state: MachinesState) => T): T {
  return useStore(useSession().fleet.machines, select);
}

/** Returns the machine that the window shows; null for this one, and until the list is read. */
export function useShownMachine(): MachineStatus | null {
  const { machine } = useSession();
  return useMachines((state) => machineNamed(state.machines, machine));
}
