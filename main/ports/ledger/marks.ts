/** Short texts kept by name, such as the last notification shown. */
export interface Marks {
  /** A short text kept under a name, in the same transactions as everything else; null where there is none. */
  mark(name: string): string | null;
  setMark(name: string, value: string): void;
}
