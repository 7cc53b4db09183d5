import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LintFinding, LintKind } from '../../../contract/lint.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { SchedulerReading } from '../../../ports/import-files.ts';
import type { LintFiles, LintReading, LintText } from '../../../ports/lint-files.ts';
import { readFile } from '../../files/read-file.ts';
import { decodeText } from '../importing/decode-text.ts';
import { kindOf } from '../importing/import-files.ts';
import { readAgents } from '../launchd/read-agent.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { readTasks } from '../windows/read-task.ts';
import { error, note } from './finding.ts';
import { lintCrontab } from './lint-crontab.ts';
import { lintTimer } from './lint-timer.ts';
import { lintCronJobs, lintWorkflow } from './lint-yaml.ts';

const largestInFolder = 1024 * 1024;
const leftOut = new Set(['.git', 'node_modules']);

/** Reads files of any scheduler on disk. */
export function createLintFiles(context: () => ReadingContext): LintFiles {
  return {
    open: async (path) =>
      readable(path, () =>
        statSync(path).isDirectory() ? textsUnder(path) : [{ name: path, text: decodeText(readFile(path)) }],
      ),
    read: (file, kind) => {
      const found = kind ?? lintKindOf(file);
      if (found === 'ncp-scheduler') return { kind: found, text: file.text };
      return found === null ? null : readingOf(file, found, context());
    },
  };
}

function readingOf(file: LintText, kind: Exclude<LintKind, 'ncp-scheduler'>, context: ReadingContext): LintReading {
  const { name, text } = file;
  switch (kind) {
    case 'crontab':
    case 'system-crontab':
      return lintCrontab(text, kind === 'system-crontab', context);
    case 'systemd':
      return lintTimer(file, context);
    case 'launchd':
      return fromImport('launchd', readAgents([{ name: basename(name), text }], context), text);
    case 'windows':
      return fromImport('windows', readTasks([{ name: basename(name), xml: text }], context), text);
    case 'github':
      return lintWorkflow(text);
    case 'kubernetes':
      return lintCronJobs(text, context);
  }
}

/** Where the schedule of an XML file begins. */
const scheduleTag = { launchd: /<key>Start(?:CalendarInterval|Interval)<\/key>/, windows: /<\w*Trigger\b/ };

function fromImport(kind: 'launchd' | 'windows', reading: SchedulerReading, text: string): LintReading {
  const at = text.search(scheduleTag[kind]);
  const line = at < 0 ? null : text.slice(0, at).split('\n').length;
  const notes = (said: readonly string[]): LintFinding[] => said.map((message) => note(line, message));
  return {
    kind,
    items: reading.tasks.map(({ name, schedules, notes: said }) => ({
      ...{ line, name, expression: null, schedules },
      findings: notes(said),
    })),
    findings: [
      ...reading.refused.map(({ name, reason }) => error(line, `${name}: ${reason}`)),
      ...notes(reading.notes),
    ],
  };
}

/** Returns the kind of a file by its name and content, or null. */
function lintKindOf({ name, text }: LintText): LintKind | null {
  const path = name.replaceAll('\\', '/');
  if (/\.ya?ml$|\.json$/i.test(path) || !/\.[a-z]+$/i.test(path)) {
    if (/^[\s"-]*kind"?\s*:\s*"?CronJob\b/m.test(text)) return 'kubernetes';
    if (/^["']?on["']?\s*:/m.test(text) && /^jobs\s*:/m.test(text)) return 'github';
  }
  if (/(?:^|\/)etc\/(?:crontab|cron\.d\/[^/]+)$/.test(path)) return 'system-crontab';
  if (/\.cron(?:tab)?$|(?:^|\/)crontab$/.test(path)) return crontabKind(text);
  const found = kindOf(text);
  if (found === 'crontab') return crontabKind(text);
  return found === 'mcp-servers' ? null : found;
}

/** The header that Debian and Fedora put into /etc/crontab has a column for the user. */
const crontabKind = (text: string): LintKind =>
  /^#.*\bdow\b\s+user\b|^#.*\buser-?name\s+command/im.test(text) ? 'system-crontab' : 'crontab';

function textsUnder(folder: string): LintText[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (leftOut.has(entry.name)) return [];
      if (entry.isDirectory()) return textsUnder(path);
      if (!entry.isFile() || statSync(path).size > largestInFolder) return [];
      const text = decodeText(readFile(path));
      return text.includes('\0') ? [] : [{ name: path, text }];
    });
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof SchedulerError) throw problem;
    const message = `${path} cannot be read: ${messageOf(problem)}.`;
    throw new SchedulerError('usage/import-unreadable', message, { path }, problem);
  }
}
