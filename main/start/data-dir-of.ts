import { dataPaths, defaultDataDir } from '../adapters/storage/data-dir.ts';

/** Absolute path of a data directory; null for `NCP_SCHEDULER_DIR` or the default. Opens nothing. */
export function dataDirOf(dataDir: string | null): string {
  return dataPaths(dataDir ?? defaultDataDir()).dir;
}
