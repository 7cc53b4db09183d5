/** Conditions of the machine that a task may require before it runs. Null if the system does not report it. */
export interface MachineConditions {
  /** Returns true on mains power. */
  onACPower(): Promise<boolean | null>;
  /** Returns true if a network interface other than loopback is up. */
  online(): Promise<boolean | null>;
}
