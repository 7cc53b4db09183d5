/**
 * Where the primary notes which groups it has fired. An entry of the OS scheduler reads that and does not start the
 * program a second time. The notes live no longer than the session of the system.
 */
export interface FiredGroups {
  /** This process fires the groups from now on. */
  open(): Promise<void>;
  /**
   * Every slot of the group up to this instant (epoch ms) is in the ledger: claimed, or with the reason why it does not
   * run. A slot that only waits could be lost with this process.
   */
  note(timingId: string, atMs: number): void;
  /** This process fires no group any more. */
  close(): void;
}
