/** The schedules that AI agents of this person keep themselves. */
export interface AgentSchedules {
  /**
   * Switches schedules off in the files of their programs. A copy of each file is kept first, byte for byte. Returns what
   * the person has to do so that the programs notice, in sentences.
   * @param sources what to switch off, as the `source` of imported tasks
   * @param seen the schedules as the person reviewed them: `original` of the reading
   * @param mark identifies the copies; no blanks
   * @throws SchedulerError `agent/schedule-changed` if a schedule differs from `seen`; `agent/file-refused`. All files are
   * then as they were.
   */
  switchOff(sources: readonly string[], seen: string, mark: string): Promise<readonly string[]>;
  /**
   * Switches the schedules of this mark on again. A file that nobody changed since gets its bytes back; in any other one,
   * only these schedules change. Returns how many there were.
   * @throws SchedulerError `agent/schedule-gone`, `agent/file-refused`
   */
  restore(mark: string): Promise<number>;
}
