import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataPaths, defaultDataDir, findDataDir } from '../adapters/storage/data-dir.ts';
import type { Need } from '../cli/command-needs.ts';
import { SchedulerError } from '../domain/errors.ts';

/**
 * Returns the absolute path of a data directory without opening it.
 * @param dataDir null for `NCP_SCHEDULER_DIR` or the default
 */
export function dataDirOf(dataDir: string | null): string {
  return dataPaths(dataDir ?? defaultDataDir()).dir;
}

/**
 * Returns why a folder cannot be a data directory, or null. Changes nothing. Chromium must not be started before this
 * check: it creates its own folder in the data directory.
 * @param dataDir null for `NCP_SCHEDULER_DIR` or the default
 */
export function dataDirProblem(dataDir: string | null): string | null {
  try {
    findDataDir(dataDir ?? defaultDataDir());
    return null;
  } catch (error) {
    if (error instanceof SchedulerError) return error.message;
    throw error;
  }
}

/** Returns whether the scheduler of this data directory has joined a fleet. One look at the disk: every command asks. */
export const isFleetMember = (dataDir: string): boolean => existsSync(join(dataDir, 'fleet.json'));

/** Returns whether a command must wait for Electron: for workers, or for the keychain that encrypted what is stored there. */
export function needsElectron(need: Need, dataDir: string): boolean {
  if (need === 'electron') return true;
  if (need === 'nothing') return false;
  if (isFleetMember(dataDir)) return true;
  return need === 'secrets' && ['secrets.json', 'sign-ins.json'].some((name) => existsSync(join(dataDir, name)));
}
