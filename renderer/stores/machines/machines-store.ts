import { createStore } from 'zustand/vanilla';
import type { MachineStatus } from '../../../main/contract/machines.ts';

export interface MachinesState {
  /** The other machines of the settings, in their order. */
  machines: readonly MachineStatus[];
  /** Hosts of ~/.ssh/config that are not among them. */
  suggestions: readonly string[];
  /** The machine that the window shows; null for this one. */
  shown: string | null;
}

export const createMachinesStore = (shown: string | null) =>
  createStore<MachinesState>(() => ({ machines: [], suggestions: [], shown }));
export type MachinesStore = ReturnType<typeof createMachinesStore>;

/** Returns a machine by its name; null for this machine, and for one that was removed. */
export const machineNamed = (machines: readonly MachineStatus[], name: string | null): MachineStatus | null =>
  machines.find((machine) => machine.name === name) ?? null;
