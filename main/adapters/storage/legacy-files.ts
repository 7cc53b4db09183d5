import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readFile } from '../files/read-file.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { LegacyData } from '../../ports/legacy-data.ts';
import { replaceFile, syncDirectory } from './durable-write.ts';
import { systemCode, writeError } from './file-errors.ts';
import { readText } from './file-state.ts';

/** Reads ncp's files on disk. */
export const legacyFiles: LegacyData = {
  read: (dir, file) => {
    const path = join(dir, file);
    const content = readText(path);
    if (content.kind === 'missing') return null;
    if (content.kind === 'text') return content.text;
    throw new SchedulerError('store/unreadable', `${path} was not imported: ${content.reason}.`, { path });
  },

  jobBackups: (dir) =>
    names(dir)
      .filter((name) => name.startsWith('jobs.json.backup-'))
      // The time in the name sorts correctly as text.
      .sort()
      .reverse()
      .flatMap((name) => textOrNothing(join(dir, name))),

  executionRows: (dir) => textOrNothing(join(dir, 'executions', 'summary.csv')).flatMap(csvRows),

  executionDocuments: (dir) => {
    const results = join(dir, 'executions', 'results');
    return names(results)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .flatMap((name) => textOrNothing(join(results, name)));
  },

  retireJobs: (dir, atIso) => {
    const path = join(dir, 'jobs.json');
    const backup = freeName(`${path}.backup-${atIso.replaceAll(/[:.]/g, '-')}`);
    try {
      replaceFile(path, backup);
      syncDirectory(dirname(path));
      return backup;
    } catch (error) {
      throw writeError(error, path);
    }
  },
};

/**
 * Returns the rows of a CSV text. Errors in it concern only history; a line that violates CSV's rules ends the rows.
 */
function csvRows(text: string): Record<string, string>[] {
  return parse(text, {
    columns: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
  });
}

function names(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

function textOrNothing(path: string): string[] {
  try {
    return [readFile(path).toString('utf8')];
  } catch (error) {
    if (systemCode(error) !== null) return [];
    throw error;
  }
}

/** Returns a name that no earlier backup has. */
function freeName(path: string): string {
  let name = path;
  for (let n = 2; existsSync(name); n += 1) name = `${path}-${n}`;
  return name;
}
