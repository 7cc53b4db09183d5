import { basename, dirname, join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { baseFolder } from '../../files/base-folder.ts';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import { readRrule } from '../../../domain/rrule/read-rrule.ts';
import { offsetAt } from '../../../domain/timing/wall-clock.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { clockChangeNotes, Unsaid } from '../reading/reading.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { existing, foldersIn } from './files.ts';
import type { ScheduleProgram } from './schedule-program.ts';
import { instantOf, requiredText, sayable, textOf, textsOf } from './schedules-of.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The automations of the Codex app: `$CODEX_HOME/automations/<id>/automation.toml`, version 1, as the app itself describes
 * them to its agent and as https://github.com/openai/codex/issues/36256 quotes one. Run state is in a database of the app.
 */
export const codex: ScheduleProgram = {
  title: 'Codex',
  files: ({ homeDir, env }) =>
    foldersIn(join(baseFolder(env['CODEX_HOME'], join(homeDir, '.codex')), 'automations'))
      .flatMap((folder) => existing([join(folder, 'automation.toml')]))
      .map((path) => ({ path, place: null })),
  schedules: (text, { path }) => {
    const { updated_at: _at, ...definition }: Fields = parseToml(text);
    const id = typeof definition['id'] === 'string' ? definition['id'] : basename(dirname(path));
    return [
      {
        ...{ id, name: typeof definition['name'] === 'string' ? definition['name'] : id },
        ...{ isOn: definition['status'] !== 'PAUSED', definition },
        read: (context, source) => read(definition, context, source),
      },
    ];
  },
  switches: {
    switchOff: (text) => withStatus(text, 'PAUSED'),
    switchOn: (text) => withStatus(text, 'ACTIVE'),
    afterwards: 'Quit the Codex app and start it again, so that it reads its automations.',
  },
};

/**
 * Changes the one line, so that comments and the order of the fields stay. A line of the prompt may look the same, so the
 * result is read again.
 */
function withStatus(text: string, status: 'ACTIVE' | 'PAUSED'): string {
  const wanted = { ...parseToml(text), status };
  const lines = [...text.matchAll(/^([ \t]*status[ \t]*=[ \t]*)(["'])[^"'\r\n]*\2/gm)];
  const changed = lines.map(({ 0: line, 1: start = '', index }) => {
    return `${text.slice(0, index)}${start}"${status}"${text.slice(index + line.length)}`;
  });
  // The first line is never in a table.
  const added = `status = "${status}"${text.includes('\r\n') ? '\r\n' : '\n'}${text}`;
  return [...changed, added].find((each) => reads(each, wanted)) ?? text;
}

function reads(text: string, wanted: Fields): boolean {
  try {
    return canonicalJson(parseToml(text)) === canonicalJson(wanted);
  } catch {
    return false;
  }
}

function read(fields: Fields, context: ReadingContext, source: string): ReadTask {
  if (fields['kind'] !== undefined && fields['kind'] !== 'cron')
    throw new Unsaid('It continues a conversation of the Codex app, which no task can do.');
  const folders = textsOf(fields['cwds']);
  if (folders.length > 1)
    throw new Unsaid(
      `It runs in ${folders.length} folders (${folders.join(', ')}), and a task has one. Split it in the Codex app.`,
    );
  const prompt = requiredText(fields['prompt'], 'prompt');
  const { spec, notes } = scheduleOf(fields, context);
  const model = textOf(fields['model'], 'model');
  const effort = textOf(fields['reasoning_effort'], 'reasoning_effort');
  return {
    ...{ source, name: requiredText(fields['name'], 'name').slice(0, 200), schedules: [spec], tool: 'agent:run' },
    parameters: {
      ...{ agent: 'codex', prompt },
      ...(model === null ? {} : { model }),
      ...(effort === null ? {} : { arguments: ['-c', `model_reasoning_effort=${effort}`] }),
    },
    ...(folders[0] === undefined ? {} : { workingDirectory: folders[0] }),
    notes: [
      ...notes,
      ...(fields['execution_environment'] === 'worktree'
        ? ['The Codex app ran it in a worktree of its own. Here it works in the folder itself.']
        : []),
      ...clockChangeNotes([spec], context.nowMs, 'the Codex app'),
    ],
  };
}

/** A rule that counts needs a start: when the automation was created, on the clock of this machine. */
function scheduleOf(fields: Fields, { timezone }: ReadingContext) {
  const rule = requiredText(fields['rrule'], 'rrule');
  const createdMs = instantOf(fields['created_at']);
  const needsStart = /INTERVAL=(?!1\b)/i.test(rule) && !/DTSTART/i.test(rule) && createdMs !== null;
  const wall = needsStart ? new Date(createdMs + offsetAt(timezone, createdMs)).toISOString() : null;
  const body = /^RRULE:/i.test(rule) ? rule : `RRULE:${rule}`;
  const start = wall?.replaceAll(/[-:]|\.\d+Z$/g, '');
  const { spec, warnings, bounds } = sayable(() =>
    readRrule(start === undefined ? rule : `DTSTART:${start}\n${body}`, timezone),
  );
  if (bounds.endMs !== null) throw new Unsaid('Its rule has an end. Import it without COUNT and UNTIL.');
  return { spec, notes: needsStart ? [] : [...warnings] };
}
