/** Reads the logs of executions. Workers write them. */
export interface LogFiles {
  /** Bytes in the file now, 0 where it is not there. */
  size(path: string): number;
  /** At most `maxBytes` from `offset` on, cut at a character's border; empty at the end or where the file is gone. */
  read(path: string, offset: number, maxBytes: number): { text: string; nextOffset: number };
}
