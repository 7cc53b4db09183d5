/** What a task may ask of the machine before it runs. Null: this system does not tell. */
export interface MachineConditions {
  /** True on mains power. */
  onACPower(): Promise<boolean | null>;
  /** True when a network other than the machine's own is up. */
  online(): Promise<boolean | null>;
}
