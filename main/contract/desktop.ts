import { z } from 'zod';

/** What this desktop lets the app do, and why not where it does not. Problems are sentences for people. */
export const desktopStateSchema = z.object({
  notifications: z.object({
    available: z.boolean(),
    problem: z.string().nullable(),
    /** Null where the system does not say. */
    doNotDisturb: z.boolean().nullable(),
    buttons: z.boolean(),
  }),
  /** Whether a panel shows the tray icon. `null`: not known. */
  tray: z.object({ available: z.boolean().nullable() }),
  /** The global shortcut of quick add. */
  shortcut: z.object({ active: z.boolean(), problem: z.string().nullable() }),
  startAtLogin: z.object({ enabled: z.boolean(), problem: z.string().nullable() }),
  updates: z.object({
    state: z.enum(['unavailable', 'off', 'unknown', 'checking', 'current', 'available', 'failed']),
    /** The version found; null where none is newer, or none was looked for. */
    version: z.string().nullable(),
    /** Why updates are unavailable, or what failed. */
    problem: z.string().nullable(),
  }),
});
export type DesktopState = z.infer<typeof desktopStateSchema>;
