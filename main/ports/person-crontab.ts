/** The person's own lines in the crontab of this machine. */
export interface PersonCrontab {
  /**
   * Comments lines out, with a mark by which they can be restored byte for byte. A copy of the crontab is kept.
   * @param lines numbers of lines in `seen`, from 1
   * @param seen the crontab as the person reviewed it
   * @param mark identifies these lines; no blanks
   * @throws SchedulerError `os/crontab-changed` if the person's lines differ from `seen`; `os/crontab-…`. Nothing was
   * written then.
   */
  commentOut(lines: readonly number[], seen: string, mark: string): Promise<void>;
  /**
   * Restores the lines with this mark, and returns how many there were.
   * @throws SchedulerError `os/crontab-not-marked` if no line has the mark; `os/crontab-…`.
   */
  restore(mark: string): Promise<number>;
}
