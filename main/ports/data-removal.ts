/** The files of the data directory, for an uninstall. */
export interface DataRemoval {
  /** Returns the absolute paths of what is made again when it is missing. */
  caches(): string[];
  /** Returns the absolute paths of all files and folders of this app, the key of the secrets included. */
  everything(): string[];
  /** Deletes one of them. @throws the system's error */
  remove(path: string): void;
  /** Deletes the folders outside the data directory that entries and services were put into, if they are empty. */
  removeEmptyFolders(): void;
  /** Deletes the data directory if it is empty. Returns the names of what else is in it. */
  removeFolder(): string[];
}
