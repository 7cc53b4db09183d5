import { z } from 'zod';

/** What this desktop allows the app to do and, if it does not, why. Problems are sentences for people. */
export const desktopStateSchema = z.object({
  notifications: z.object({
    available: z.boolean(),
    problem: z.string().nullable(),
    /** Null if the system does not report it. */
    doNotDisturb: z.boolean().nullable(),
    buttons: z.boolean(),
  }),
  /** Whether a panel shows the tray icon; null if unknown. */
  tray: z.object({ available: z.boolean().nullable() }),
  /** The global shortcut for quick add. */
  shortcut: z.object({ active: z.boolean(), problem: z.string().nullable() }),
  startAtLogin: z.object({ enabled: z.boolean(), problem: z.string().nullable() }),
  updates: z.object({
    state: z.enum(['unavailable', 'off', 'unknown', 'checking', 'current', 'available', 'failed']),
    /** The newer version; null if there is none, or no check was made. */
    version: z.string().nullable(),
    /** Why updates are not available, or what failed. */
    problem: z.string().nullable(),
  }),
});
export type DesktopState = z.infer<typeof desktopStateSchema>;
