import { nameOfCommand } from './shell-line-name.ts';
import { looksLikeCurl, readCurl } from './curl/read-curl.ts';
import { quickDraft, splitQuickLine } from './quick-line.ts';
import type { TaskDraftInput } from './task.ts';

/** A task as far as a text gives it. What is absent is not said by the text. */
export type TaskSketch = Pick<TaskDraftInput, 'timezone' | 'env' | 'workingDirectory' | 'policies'> & {
  /** Empty if the text names no command. */
  name: string;
  /** Empty if the text names no schedule. */
  schedule: string;
  tool: string;
  parameters: Record<string, unknown>;
};

/** What a text says that was typed or pasted where a task is made. */
export type PastedTask =
  | {
      readonly kind: 'task';
      readonly sketch: TaskSketch;
      /** Where the words of the person stand that run: a command or a URL. Empty if there are none. */
      readonly command: string;
      /** What the task does not keep of the text: one sentence each. */
      readonly notes: readonly string[];
    }
  /** Several lines of a crontab: a task each. */
  | { readonly kind: 'several'; readonly lines: number };

/** A variable before a line of a crontab (crontab(5)): `MAILTO=me@example.org`, `PATH = "/usr/bin"`. */
const variable = /^\s*(["']?)([A-Za-z_]\w*)\1\s*=\s*(.*?)\s*$/;
/** The same where the line break was lost by pasting into a field of one line. */
const leading = /^\s*([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)\s+(?=\S)/;
/** Variables that tell cron something, and are none of the command's. */
const ofCron = new Set(['SHELL', 'MAILTO', 'MAILFROM', 'CRON_TZ', 'RANDOM_DELAY']);

/**
 * Reads a text that was typed or pasted: `SCHEDULE: COMMAND`, a line of a crontab with the variables before it, a URL or
 * a cURL command. A cURL command without a schedule becomes a request, or stays a command if it has a pipe; after a
 * schedule it stays what the person typed, and `requestOf` makes a request of it.
 */
export function readPasted(text: string): PastedTask {
  const joined = text.trim();
  if (looksLikeCurl(joined)) return curlAlone(joined);
  // The body of a cURL command may have line breaks of its own.
  if (looksLikeCurl(splitQuickLine(joined).command)) return withVariables(joined, new Map());
  const lines = joined.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  const variables = new Map<string, string>();
  const jobs: string[] = [];
  for (const line of continued(lines)) {
    const found = variable.exec(line);
    if (found && lines.length > 1) variables.set(found[2] ?? '', unquoted(found[3] ?? ''));
    else jobs.push(takeLeading(line, variables));
  }
  if (jobs.length > 1) return { kind: 'several', lines: jobs.length };
  return withVariables(jobs[0] ?? '', variables);
}

/** Returns the sketch with its cURL command as a request; null if it is not one that can be read. */
export function requestOf({ sketch }: { sketch: TaskSketch }): (PastedTask & { kind: 'task' }) | null {
  const { command } = sketch.parameters;
  if (sketch.tool !== 'shell:run' || typeof command !== 'string' || !looksLikeCurl(command)) return null;
  const reading = readCurl(command);
  if (reading.request === null) return null;
  const { request, policies, lost } = reading;
  const limits = Object.keys(policies).length === 0 ? {} : { policies };
  return {
    kind: 'task',
    sketch: { ...sketch, ...limits, tool: 'http:request', parameters: request },
    command: `${request.method ?? 'GET'} ${request.url}`,
    notes: lost,
  };
}

function curlAlone(command: string): PastedTask {
  const sketch = { name: nameOfCommand(command), schedule: '', tool: 'shell:run', parameters: { command } };
  const request = requestOf({ sketch });
  if (request === null) return { kind: 'task', sketch, command, notes: [] };
  const { url } = request.sketch.parameters;
  return { ...request, sketch: { ...request.sketch, name: nameOfCommand(typeof url === 'string' ? url : command) } };
}

/** Joins lines that end with a backslash, as a shell does. */
function continued(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
}

/** Takes the variables before a schedule out of a line. A command alone keeps its own: `A=1 run`. */
function takeLeading(line: string, variables: Map<string, string>): string {
  const taken: [string, string][] = [];
  let rest = line;
  for (let found = leading.exec(rest); found; found = leading.exec(rest)) {
    taken.push([found[1] ?? '', unquoted(found[2] ?? '')]);
    rest = rest.slice(found[0].length);
  }
  if (taken.length === 0 || splitQuickLine(rest).command === '') return line;
  for (const [name, value] of taken) variables.set(name, value);
  return rest;
}

const unquoted = (value: string): string => /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;

function withVariables(line: string, variables: ReadonlyMap<string, string>): PastedTask {
  const split = splitQuickLine(line);
  // A URL alone has no schedule: `https:` does not end one.
  const { schedule, command } =
    split.command === '' && /^https?:\/\/\S+$/i.test(split.schedule) ? { schedule: '', command: line.trim() } : split;
  const draft = quickDraft({ schedule, command });
  const env = Object.fromEntries([...variables].filter(([name]) => !ofCron.has(name)));
  const home = variables.get('HOME');
  const timezone = variables.get('CRON_TZ');
  const shell = shellOf(variables.get('SHELL'), draft.tool);
  return {
    kind: 'task',
    sketch: {
      ...draft,
      parameters: { ...draft.parameters, ...shell.parameters },
      ...(Object.keys(env).length === 0 ? {} : { env }),
      ...(home === undefined ? {} : { workingDirectory: home }),
      ...(timezone === undefined ? {} : { timezone }),
    },
    command,
    notes: [
      ...['MAILTO', 'MAILFROM', 'RANDOM_DELAY'].filter((name) => variables.has(name)).map(notKept),
      ...shell.notes,
    ],
  };
}

function notKept(name: string): string {
  if (name === 'RANDOM_DELAY') return 'RANDOM_DELAY is not kept. Set a random delay (jitter) for the task instead.';
  return `${name} is not kept. The output of each run is in its log, and you are notified of failures.`;
}

/** Returns the parameters for cron's SHELL. Shells that the tool does not offer are said. */
function shellOf(shell: string | undefined, tool: string): { parameters: { shell?: string }; notes: string[] } {
  if (shell === undefined || tool !== 'shell:run' || /(?:^|\/)sh$/.test(shell)) return { parameters: {}, notes: [] };
  const known = /(?:^|\/)(bash|zsh|fish)$/.exec(shell)?.[1];
  if (known !== undefined) return { parameters: { shell: known }, notes: [] };
  return {
    parameters: {},
    notes: [`SHELL=${shell} is not kept. The command runs in sh; choose another shell in the task.`],
  };
}
