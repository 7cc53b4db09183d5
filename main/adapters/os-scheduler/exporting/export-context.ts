/** The facts about the machine that every export of a group needs. */
export interface ExportContext {
  readonly machineTimezone: string;
  readonly nowMs: number;
  readonly homeDir: string;
}
