import { z } from 'zod';
import { cleanupResultSchema } from '../cleanup.ts';
import { folderListingSchema } from '../folders.ts';
import { executionIdInput, nothing, resultFileInput } from './inputs.ts';
import { snapshotSchema } from '../snapshot.ts';
import { uninstallResultSchema } from '../uninstall.ts';

const paused = z.object({ paused: snapshotSchema.shape.paused });

/** `purge` also deletes tasks, history, logs, settings and secrets. */
const uninstallInput = z.object({ purge: z.boolean() });

/** Calls that concern the app as a whole. */
export const appCalls = {
  'app.snapshot': { input: nothing, output: snapshotSchema },
  'app.pauseAll': { input: z.object({ until: z.string().optional(), note: z.string().optional() }), output: paused },
  'app.resumeAll': { input: nothing, output: paused },
  /** Opens a log in the person's editor. */
  'app.openLog': { input: executionIdInput, output: nothing },
  /** Opens a file of a run's result, or its folder if another program might execute the file. */
  'app.openResultFile': { input: resultFileInput, output: nothing },
  'app.closeQuickAdd': { input: nothing, output: nothing },
  /** Shows the system's folder dialog. `path` is null if the person cancelled it. */
  'app.chooseDirectory': {
    input: z.object({ startAt: z.string().optional() }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Returns the folders inside a folder of the machine: the home directory if none is named. */
  'app.folders': { input: z.object({ path: z.string().max(4096).optional() }), output: folderListingSchema },
  /** Deletes the runs and logs that exceed the limits of the settings. */
  'app.cleanUp': { input: nothing, output: cleanupResultSchema },
  /** Returns a report for support, as Markdown. It contains no secrets and nothing about what tasks do. */
  'app.report': { input: nothing, output: z.object({ report: z.string() }) },
  /** Returns what an uninstall would remove, and what it would leave. */
  'app.previewUninstall': { input: uninstallInput, output: uninstallResultSchema },
  /** Quits the app and removes it from this machine. The app shows what it did in a dialog of the system. */
  'app.uninstall': { input: uninstallInput, output: nothing },
  /** Downloads the newer version that a check found, quits the app, installs it and starts it. */
  'app.installUpdate': { input: nothing, output: nothing },
} as const;
