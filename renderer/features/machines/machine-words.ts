import type { MachineFacts, MachineStatus } from '../../../main/contract/machines.ts';
import { text } from '../../text/en.ts';

const words = text.machines;

export type MachineTone = 'idle' | 'good' | 'running' | 'paused' | 'failing' | 'unreachable';

/** The state of a machine in one word or two, and how it looks. */
export interface MachineState {
  readonly tone: MachineTone;
  readonly label: string;
}

/** Returns the state of a machine that answers, worst first. */
export function stateOfFacts(facts: Omit<MachineFacts, 'version' | 'user' | 'timezone'>): MachineState {
  if (facts.unreadable !== null) return { tone: 'failing', label: words.states.unreadable };
  if (facts.failing.length > 0) return { tone: 'failing', label: words.states.failing(facts.failing.length) };
  if (facts.paused) return { tone: 'paused', label: words.states.paused };
  if (facts.running > 0) return { tone: 'running', label: words.states.running(facts.running) };
  return { tone: 'good', label: words.states.good(facts.active) };
}

export function stateOfMachine({
  link,
  trouble,
  facts,
}: Pick<MachineStatus, 'link' | 'trouble' | 'facts'>): MachineState {
  if (trouble !== null) return { tone: 'unreachable', label: words.states.unreachable };
  if (link === 'idle') return { tone: 'idle', label: words.states.idle };
  if (link === 'connecting' || facts === null) return { tone: 'idle', label: words.states.connecting };
  return stateOfFacts(facts);
}
