import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { FileKind, OtherScheduler } from '../../../contract/transfer.ts';
import { parseCron } from '../../../domain/cron/parse-cron.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { SchedulerReading, ImportFiles, OwnFile, ServerFile, ServerFiles } from '../../../ports/import-files.ts';
import { readFile } from '../../files/read-file.ts';
import { readCrontab } from '../cron/read-crontab.ts';
import { namesIn, readIfThere } from '../files.ts';
import { readAgents } from '../launchd/read-agent.ts';
import { agentDirectory } from '../launchd/translate.ts';
import { readTimers, serviceOf } from '../systemd/read-timer.ts';
import type { TimerFiles } from '../systemd/read-timer.ts';
import { unitDirectory } from '../systemd/translate.ts';
import { readTasks } from '../windows/read-task.ts';
import { decodeText } from './decode-text.ts';
import type { ReadingContext } from '../reading/reading.ts';

export interface ImportFilesOptions {
  readonly context: () => ReadingContext;
  /** Returns the person's crontab, or null if there is none. @throws SchedulerError `os/crontab-unreadable` */
  readonly crontab: () => Promise<string | null>;
  /** Returns XML by the name of the task. @throws SchedulerError `os/schtasks-refused` */
  readonly windowsTasks: () => Promise<ReadonlyMap<string, string>>;
  /** Returns what AI agents of this machine schedule themselves. */
  readonly agentSchedules: () => Promise<SchedulerReading>;
  /** Returns the files in which other programs store their MCP servers. */
  readonly serverFiles: () => readonly ServerFile[];
}

/** Reads files on disk, and what the schedulers of this machine contain. */
export function createImportFiles(options: ImportFilesOptions): ImportFiles {
  const { context, crontab, windowsTasks, agentSchedules, serverFiles } = options;
  return {
    read: async (path, kind) => readPath(path, kind, context()),
    readContent: async (content, name, kind) =>
      readContent(
        readable(name, () => decodeText(Buffer.from(content))),
        { name, kind, beside: null },
        context(),
      ),
    installed: async (kind) => {
      const here = context();
      switch (kind) {
        case 'mcp-servers':
          return { kind, files: serverFiles().map(({ path, text }) => ({ path, text: withoutComments(text) })) };
        case 'agents':
          return agentSchedules();
        case 'crontab':
          return readCrontab((await crontab()) ?? '', here, { personal: true });
        case 'systemd':
          return readTimers(timersIn(unitDirectory(here.homeDir)), here);
        case 'launchd':
          return readAgents(agentsIn(agentDirectory(here.homeDir)), here);
        case 'windows':
          return readTasks(
            [...(await windowsTasks())].map(([name, xml]) => ({ name, xml })),
            here,
          );
      }
    },
  };
}

function readPath(
  path: string,
  kind: FileKind | null,
  context: ReadingContext,
): OwnFile | ServerFiles | SchedulerReading {
  if (isFolder(path)) {
    const timers = timersIn(path);
    if (timers.length > 0) return readTimers(timers, context);
    const agents = agentsIn(path);
    if (agents.length > 0) return readAgents(agents, context);
    throw new SchedulerError(
      'usage/import-unknown-kind',
      `${path} is a folder without systemd timers or launchd agents. Choose a folder that has some, or a file.`,
      { path },
    );
  }
  return readContent(readText(path), { name: path, kind, beside: dirname(path) }, context);
}

/** Where a text comes from, and the kind to assume. `beside`: the folder with the other files of a timer; null for none. */
interface ContentOrigin {
  readonly name: string;
  readonly kind: FileKind | null;
  readonly beside: string | null;
}

function readContent(
  text: string,
  origin: ContentOrigin,
  context: ReadingContext,
): OwnFile | ServerFiles | SchedulerReading {
  const found = origin.kind ?? kindOf(text);
  if (found === null) throw unknownKind(origin.name);
  if (found === 'ncp-scheduler') return { kind: found, text };
  if (found === 'mcp-servers') return { kind: found, files: [{ path: origin.name, text: withoutComments(text) }] };
  return readOther(found, text, origin, context);
}

function readOther(
  kind: Exclude<OtherScheduler, 'agents'>,
  text: string,
  { name: path, beside }: ContentOrigin,
  context: ReadingContext,
): SchedulerReading {
  const name = basename(path);
  switch (kind) {
    case 'crontab':
      return readCrontab(text, context, { path: resolve(path) });
    case 'systemd':
      return readTimers(
        [beside === null ? { name, timer: [text], service: null } : timerFiles(beside, name, text)],
        context,
      );
    case 'launchd':
      return readAgents([{ name, text }], context);
    case 'windows':
      return readTasks([{ name, xml: text }], context);
  }
}

/** The beginning of a JSON object, after comments as VS Code allows them. */
const jsonObject = /^\uFEFF?\s*(?:\/\/.*\n\s*|\/\*[^]*?\*\/\s*)*\{/;

/** Returns the kind of a text by its content, or null. */
export function kindOf(text: string): FileKind | null {
  if (jsonObject.test(text)) return holdsServers(text) ? 'mcp-servers' : 'ncp-scheduler';
  if (text.startsWith('bplist') || /<!DOCTYPE plist|<plist\b/.test(text.slice(0, 2000))) return 'launchd';
  if (/^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--[^]*?-->\s*)?<(?:\w+:)?Tasks?\b/.test(text)) return 'windows';
  if (/^\[(?:Timer|Unit|Service)\]\s*$/m.test(text)) return 'systemd';
  return text.split('\n').some(isCronLine) ? 'crontab' : null;
}

/**
 * Returns whether a text has `mcpServers`, or `servers` as in VS Code, at the top and nothing of this app beside it.
 * Invalid JSON is reported by the reader of this app's own files.
 */
function holdsServers(text: string): boolean {
  try {
    const value = JSON.parse(withoutComments(text)) as Readonly<Record<string, unknown>>;
    const has = (name: string): boolean => Object.hasOwn(value, name);
    return (has('mcpServers') || has('servers')) && !['format', 'tasks', 'schedule'].some(has);
  } catch {
    return false;
  }
}

/** Returns JSON with comments and trailing commas, which VS Code allows, as plain JSON; another text as it is. */
function withoutComments(text: string): string {
  const errors: ParseError[] = [];
  const value: unknown = parseJsonc(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  return errors.length === 0 && value !== undefined ? JSON.stringify(value) : text;
}

function isCronLine(line: string): boolean {
  const [, time = ''] = /^\s*(@\w+|(?:[\d*A-Za-z,/?#L~-]+\s+){4}[\d*A-Za-z,/?#L~-]+)\s+\S/.exec(line) ?? [];
  if (time === '@reboot') return true;
  try {
    return time !== '' && parseCron(time).canonical !== '';
  } catch (problem) {
    if (problem instanceof SchedulerError) return false;
    throw problem;
  }
}

function timersIn(folder: string): TimerFiles[] {
  return readable(folder, () =>
    namesIn(folder)
      .filter((name) => name.endsWith('.timer'))
      .flatMap((name) => {
        const text = readIfThere(join(folder, name));
        return text === null ? [] : [timerFiles(folder, name, text)];
      }),
  );
}

function timerFiles(folder: string, name: string, text: string): TimerFiles {
  const timer = [text, ...dropIns(folder, name)];
  const unit = serviceOf(name, timer);
  // Only beside the timer: the name comes from a file and could lead anywhere.
  const service = basename(unit) === unit ? readable(folder, () => readIfThere(join(folder, unit))) : null;
  return { name, timer, service: service === null ? null : [service, ...dropIns(folder, unit)] };
}

const dropIns = (folder: string, unit: string): string[] => {
  const directory = join(folder, `${unit}.d`);
  return readable(folder, () =>
    namesIn(directory)
      .filter((name) => name.endsWith('.conf'))
      .flatMap((name) => readIfThere(join(directory, name)) ?? []),
  );
};

function agentsIn(folder: string): { name: string; text: string }[] {
  return readable(folder, () =>
    namesIn(folder)
      .filter((name) => name.endsWith('.plist'))
      .flatMap((name) => {
        const text = readIfThere(join(folder, name));
        return text === null ? [] : [{ name, text }];
      }),
  );
}

function isFolder(path: string): boolean {
  return readable(path, () => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
}

function readText(path: string): string {
  return readable(path, () => decodeText(readFile(path)));
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SchedulerError(
      'usage/import-unreadable',
      `${path} cannot be read: ${messageOf(error)}.`,
      { path },
      error,
    );
  }
}

function unknownKind(path: string): SchedulerError {
  return new SchedulerError(
    'usage/import-unknown-kind',
    `${path} is neither an export of NCP Scheduler, nor a crontab, a systemd timer, a launchd agent or a task of Task Scheduler. If it is one of them, name it with --kind.`,
    { path },
  );
}
