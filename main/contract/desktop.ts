import { z } from 'zod';

/**
 * What a program around the window may be able to do. `dialogs`: show the system's dialogs for files and folders. `files`: save
 * and open files for the person at the window, by a dialog or as a download, and take a file to import. `desktop`: tray, global shortcut, notifications, start at login and updates. `machines`: show other machines over SSH. `change`: change
 * anything; absent for a read-only sign-in.
 */
const capabilitySchema = z.enum(['dialogs', 'files', 'desktop', 'machines', 'change']);
export type Capability = z.infer<typeof capabilitySchema>;

/** What this desktop allows the app to do and, if it does not, why. Problems are sentences for people. */
export const desktopStateSchema = z.object({
  /** The author of the changes that are made in this window. */
  author: z.string(),
  /** The window hides or replaces what is missing here. */
  capabilities: z.array(capabilitySchema),
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
    /** Whether the app can install the newer version itself. */
    installs: z.boolean(),
  }),
});
export type DesktopState = z.infer<typeof desktopStateSchema>;
