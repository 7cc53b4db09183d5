/** What every export of a group needs to know of the machine. */
export interface ExportContext {
  readonly machineTimezone: string;
  readonly nowMs: number;
  readonly homeDir: string;
}
