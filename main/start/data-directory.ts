import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { controlChannel } from '../adapters/control/channel.ts';
import { openCalendarMemory } from '../adapters/storage/remembered/calendar-memory.ts';
import { openEventMemory } from '../adapters/storage/remembered/event-memory.ts';
import { findDataDir, prepareDataDir, type DataPaths } from '../adapters/storage/data-dir.ts';
import { openLedger } from '../adapters/storage/ledger/sqlite-ledger.ts';
import { unavailableLedger } from '../adapters/storage/ledger/unavailable-ledger.ts';
import { openScheduleStore } from '../adapters/storage/schedule/schedule-file.ts';
import { openSettings } from '../adapters/storage/settings-file.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { LedgerReplacement } from '../ports/ledger/history.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { LedgerLoss } from '../ports/ledger/losses.ts';
import type { Logger } from '../ports/logger.ts';
import { lossText } from '../services/doctor/loss-text.ts';
import { isFleetMember } from './data-dir-of.ts';

/** What keeps the ledger from being opened while the definitions can still be read. */
const showable = new Set(['store/disk-full', 'store/read-only', 'store/ledger-unreadable']);

/**
 * Prepares the data directory. For a command that only reads, creates and changes nothing: `isUsed` is false if there
 * are neither tasks nor a history yet, and then no ledger is created.
 *
 * @throws SchedulerError `store/data-dir`, `store/foreign-owner`
 */
export function usePaths(dir: string, reads: boolean): { readonly paths: DataPaths; readonly isUsed: boolean } {
  if (!reads) return { paths: prepareDataDir(dir), isUsed: true };
  const { paths, exists } = findDataDir(dir);
  return { paths, isUsed: exists && (existsSync(paths.schedule) || existsSync(paths.ledger)) };
}

export interface DirectoryUse {
  /** From `usePaths`. If false, there is no ledger yet, and one in memory takes its place. */
  readonly isUsed: boolean;
  /** The command only reads. */
  readonly reads: boolean;
  readonly logger: Logger;
}

/** Opens the ports on the files of a data directory. */
export function dataDirectory(paths: DataPaths, use: DirectoryUse) {
  const { logger } = use;
  const { ledger, refusal } = ledgerOf(paths, use);
  const lock = <T>(action: () => T): T => ledger.withWriteLock(action);
  return {
    dataDir: paths.dir,
    ledger,
    store: openScheduleStore({ dir: paths.dir, ledger, refusal }),
    settings: openSettings({ path: paths.config, profilePath: paths.profile, lock }),
    control: controlChannel(paths.dir, (message) => logger.warn(message)),
    logPath: paths.logPathOf,
    logFiles: async () => (await import('../adapters/system/log-files.ts')).diskLogFiles,
    logRemoval: async () => (await import('../adapters/storage/log-removal.ts')).openLogRemoval(paths.logsDir),
    secretFile: async () => {
      const { openSecretFile } = await import('../adapters/storage/secrets/secret-file.ts');
      return openSecretFile({ path: join(paths.dir, 'secrets.json'), lock });
    },
    signInFile: async () => {
      const { openSecretFile } = await import('../adapters/storage/secrets/secret-file.ts');
      return openSecretFile({ path: join(paths.dir, 'sign-ins.json'), lock });
    },
    webTokenFile: async () => {
      const { openWebTokenFile } = await import('../adapters/storage/web/web-token-file.ts');
      return openWebTokenFile({ path: join(paths.dir, 'web-tokens.json'), lock });
    },
    inFleet: () => isFleetMember(paths.dir),
    fleetFile: async () => {
      const { openFleetFile } = await import('../adapters/storage/fleet/fleet-file.ts');
      return openFleetFile({ path: join(paths.dir, 'fleet.json'), lock });
    },
    memberKeys: async () =>
      (await import('../adapters/storage/fleet/member-keys.ts')).memberKeys(join(paths.dir, 'fleet-key.pem')),
    calendarMemory: openCalendarMemory({ path: join(paths.dir, 'calendars.json'), lock }),
    eventMemory: openEventMemory({ path: join(paths.dir, 'events.json'), lock }),
    toolMemory: async () => (await import('../adapters/storage/remembered/tool-memory.ts')).openToolMemory(paths.tools),
    legacyData: async () => (await import('../adapters/storage/legacy-files.ts')).legacyFiles,
  };
}

/**
 * Opens the ledger. If it cannot be opened, a command that only reads gets one that knows no runs and refuses writes, and
 * `refusal`: SQLite cannot read without writing to its files, but the definitions can be shown.
 */
function ledgerOf(paths: DataPaths, use: DirectoryUse): { ledger: Ledger; refusal: SchedulerError | null } {
  const { logger } = use;
  if (!use.isUsed) return { ledger: openLedger(':memory:'), refusal: null };
  try {
    return { ledger: openLedger(paths.ledger, ledgerReports(paths, logger)), refusal: null };
  } catch (error) {
    if (!use.reads || !(error instanceof SchedulerError) || !showable.has(error.code)) throw error;
    logger.warn(`${error.message} Until then no task can run or change, and past and running runs are not shown.`);
    return { ledger: unavailableLedger(error), refusal: error };
  }
}

/** Logs what happened to the ledger. */
function ledgerReports(paths: DataPaths, logger: Logger) {
  return {
    onReplaced: (replacement: LedgerReplacement) =>
      logger.warn('The ledger was damaged and replaced', { ...replacement }),
    onLost: (loss: LedgerLoss) => logger.warn(lossText(loss), { path: paths.ledger, cause: loss.cause }),
    onWitnessProblem: (problem: unknown) =>
      logger.warn('Could not note the latest claim beside the ledger; the claim itself is saved', {
        problem: messageOf(problem),
      }),
  };
}
