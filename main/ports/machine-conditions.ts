/** Conditions of the machine that a task may require before it runs. Null: the system does not report it. */
export interface MachineConditions {
  /** True on mains power. */
  onACPower(): Promise<boolean | null>;
  /** True when a network other than the machine's own is up. */
  online(): Promise<boolean | null>;
}
