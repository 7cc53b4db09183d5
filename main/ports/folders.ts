import type { FolderListing } from '../contract/folders.ts';

/**
 * Lists the folders inside a folder. Changes nothing, and reads no file.
 * @param path absolute; null for the person's home directory
 * @throws SchedulerError `usage/unreadable-folder`
 */
export type FolderLister = (path: string | null) => Promise<FolderListing>;
