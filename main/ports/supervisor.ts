/** The service manager that started this process as a service, such as systemd. */
export interface Supervisor {
  /** It restarts this process if it hears nothing for so many milliseconds; null if it does not watch. */
  readonly watchdogMs: number | null;
  /** Says that this process works. */
  alive(): Promise<void>;
  /** Writes a line with fields to its journal; nothing if it keeps no journal of this process. */
  record(line: JournalLine): Promise<void>;
}

export interface JournalLine {
  readonly message: string;
  readonly isProblem: boolean;
  /** By their names, such as `NCP_TASK`. */
  readonly fields: Readonly<Record<string, string>>;
}
