import { dataPaths, defaultDataDir } from '../adapters/storage/data-dir.ts';

/**
 * Returns the absolute path of a data directory without opening it.
 * @param dataDir null for `NCP_SCHEDULER_DIR` or the default
 */
export function dataDirOf(dataDir: string | null): string {
  return dataPaths(dataDir ?? defaultDataDir()).dir;
}
