/** Stores short texts by name, such as which notifications were shown. */
export interface Marks {
  /** Returns the text stored under a name; null if there is none. Part of the same transactions as everything else. */
  mark(name: string): string | null;
  setMark(name: string, value: string): void;
}
