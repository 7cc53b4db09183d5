import { z } from 'zod';

/** The folders inside a folder of the machine. */
export const folderListingSchema = z.object({
  /** Absolute. */
  path: z.string(),
  /** Null for a root. */
  parent: z.string().nullable(),
  /** Names, sorted; hidden folders come last. Links to folders count. */
  folders: z.array(z.string()),
  /** False if the folder holds more than is listed. */
  isWhole: z.boolean(),
});
export type FolderListing = z.infer<typeof folderListingSchema>;
