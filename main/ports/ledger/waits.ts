import type { ProcessIdentity } from '../process-tree.ts';

/** What a slot waits for: its random delay, the run before it, or its turn among many runs. */
export type WaitReason = 'jitter' | 'overlap' | 'turn';

/** A slot that is due and will run, but waits in a process. */
export interface SlotWait {
  readonly taskId: string;
  /** ISO instant. */
  readonly slot: string;
  readonly reason: WaitReason;
  readonly owner: ProcessIdentity;
}

/** Records slots that wait, so that no other process calls them missed. A wait may be lost in a power cut. */
export interface SlotWaits {
  /** Records a wait, or changes the reason of one. */
  setWait(wait: SlotWait): void;
  endWait(wait: Pick<SlotWait, 'taskId' | 'slot' | 'owner'>): void;
  /** Returns the waits of all processes, also of processes that are gone; recovery ends those. */
  waits(): SlotWait[];
}
