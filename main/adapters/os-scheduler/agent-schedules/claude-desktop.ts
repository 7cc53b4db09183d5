import { basename, dirname, join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { refuseDeepYaml } from '../../files/yaml-depth.ts';
import { baseFolder } from '../../files/base-folder.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { readIfThere } from '../files.ts';
import { clockChangeNotes, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { existing, foldersIn } from './files.ts';
import { itemsOf, jsonSwitches } from './json-list.ts';
import type { JsonListForm } from './json-list.ts';
import type { ProgramPerson, ScheduleProgram } from './schedule-program.ts';
import { cronSchedules, idOf, instantOf, requiredText, textOf, textsOf } from './schedules-of.ts';

const form: JsonListForm = { list: ['scheduledTasks'], off: { enabled: false } };
type Fields = Readonly<Record<string, unknown>>;

/**
 * The scheduled tasks of Claude Desktop, of its Code and Cowork parts. The form is that of files of 2026, as described in
 * https://github.com/anthropics/claude-code/issues/47797, /55323 and /92357 and
 * https://github.com/jezweb/claude-skills/issues/53: the schedule in `scheduled-tasks.json`, the prompt in a SKILL.md.
 */
export const claudeDesktop: ScheduleProgram = {
  title: 'Claude Desktop',
  files: (person) =>
    ['claude-code-sessions', 'local-agent-mode-sessions']
      .flatMap((sessions) => foldersIn(join(settingsFolder(person), sessions)))
      .flatMap((account) => foldersIn(account))
      .flatMap((folder) => existing([join(folder, 'scheduled-tasks.json')]))
      .map((path) => ({ path, place: null })),
  schedules: (text, { path }) =>
    itemsOf(text, form).map((fields) => {
      const { lastRunAt: _at, lastScheduledFor: _for, ...definition } = fields;
      const id = idOf(fields['id']);
      return {
        id,
        name: textOf(fields['displayName'], 'displayName') ?? id,
        isOn: fields['enabled'] !== false,
        definition,
        read: (context, source) => read(fields, path, context, source),
      };
    }),
  switches: {
    ...jsonSwitches(form),
    afterwards: 'Quit Claude Desktop and start it again: it reads its schedules only when it starts.',
  },
};

function settingsFolder({ platform, homeDir, env }: ProgramPerson): string {
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Claude');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homeDir, 'AppData', 'Roaming'), 'Claude');
  return join(baseFolder(env['XDG_CONFIG_HOME'], join(homeDir, '.config')), 'Claude');
}

function read(fields: Fields, path: string, context: ReadingContext, source: string): ReadTask {
  const id = requiredText(fields['id'], 'id');
  const { prompt, description } = promptOf(fields);
  const [folder, ...moreFolders] = [fields['cwd'], ...textsOf(fields['userSelectedFolders'])].filter(
    (each): each is string => typeof each === 'string' && each !== '',
  );
  const permissions = permissionsOf(fields['permissionMode']);
  const allowedTools = allowedToolsOf(fields['approvedPermissions']);
  const model = textOf(fields['model'], 'model');
  const schedules = schedulesOf(fields, context);
  return {
    source,
    name: (textOf(fields['displayName'], 'displayName') ?? id).slice(0, 200),
    ...(description === null ? {} : { description }),
    schedules,
    tool: 'agent:run',
    parameters: {
      ...{ agent: 'claude-code', prompt },
      ...(model === null ? {} : { model }),
      ...(permissions.mode === null ? {} : { permissions: permissions.mode }),
      ...(allowedTools.length === 0 ? {} : { allowedTools }),
      ...(moreFolders.length === 0 ? {} : { arguments: moreFolders.flatMap((each) => ['--add-dir', each]) }),
    },
    ...(folder === undefined ? {} : { workingDirectory: folder }),
    policies: { catchUp: 'once' },
    notes: [
      ...permissions.notes,
      ...(path.includes('local-agent-mode-sessions')
        ? [
            'Cowork ran it in a virtual machine of its own. Here Claude Code runs on this machine, in the folder of the task.',
          ]
        : []),
      ...clockChangeNotes(schedules, context.nowMs, 'Claude Desktop'),
    ],
  };
}

function schedulesOf(fields: Fields, { timezone }: ReadingContext): ReadTask['schedules'] {
  const cron = textOf(fields['cronExpression'], 'cronExpression');
  if (cron !== null) return cronSchedules(cron, timezone);
  const atMs = instantOf(fields['fireAt']);
  if (atMs === null) throw new Unsaid('It has neither a cron expression nor a date: it only runs when you start it.');
  return [{ kind: 'once', atMs, timezone }];
}

/** Returns the prompt and the description of the SKILL.md that the task names. @throws Unsaid */
function promptOf(fields: Fields): { prompt: string; description: string | null } {
  const inside = textOf(fields['prompt'], 'prompt');
  const file = textOf(fields['filePath'], 'filePath');
  if (file === null) return { prompt: inside ?? requiredText(undefined, 'filePath'), description: null };
  const text = readIfThere(file);
  if (text === null) {
    if (inside !== null) return { prompt: inside, description: null };
    throw new Unsaid(`Its prompt is missing: ${join(basename(dirname(file)), basename(file))} does not exist.`);
  }
  const [, head = '', body = text] = /^\uFEFF?---\r?\n([^]*?)\r?\n---\r?\n?([^]*)$/.exec(text) ?? [];
  const prompt = body.trim();
  if (prompt === '') throw new Unsaid('Its prompt is empty.');
  return { prompt, description: descriptionIn(head) };
}

function descriptionIn(head: string): string | null {
  try {
    refuseDeepYaml(head);
    const value: unknown = parseYaml(head, { logLevel: 'error' });
    const found = typeof value === 'object' && value !== null ? (value as Fields)['description'] : undefined;
    return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
  } catch {
    // Only the description is lost; the prompt is below.
    return null;
  }
}

const modes: Readonly<Record<string, 'read' | 'edit'>> = { plan: 'read', acceptEdits: 'edit' };

function permissionsOf(mode: unknown): { mode: 'read' | 'edit' | null; notes: string[] } {
  if (mode === 'bypassPermissions')
    return {
      mode: null,
      notes: ['It ran without asking for any permission. Set its permissions to "all" if you want that here.'],
    };
  return { mode: (typeof mode === 'string' ? modes[mode] : undefined) ?? null, notes: [] };
}

/** Returns what the person has always allowed, in the words of Claude Code: `Bash(git push:*)`. */
function allowedToolsOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [];
  return all.flatMap((each) => {
    if (typeof each === 'string') return each === '' ? [] : [each];
    const { toolName, ruleContent } = (each ?? {}) as Fields;
    if (typeof toolName !== 'string' || toolName === '') return [];
    return [typeof ruleContent === 'string' && ruleContent !== '' ? `${toolName}(${ruleContent})` : toolName];
  });
}
