import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Task } from '../../../contract/task.ts';
import type { GroupTarget } from '../../../contract/transfer.ts';
import { storedSchedule } from '../../../domain/timing/spec-of.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { readCrontab } from '../cron/read-crontab.ts';
import { readAgents } from '../launchd/read-agent.ts';
import { readTimers } from '../systemd/read-timer.ts';
import { Unit } from '../systemd/read-unit.ts';
import { hostileFields, hostileTexts } from '../testing/hostile-tasks.ts';
import { schedule } from '../testing/schedule-arbitraries.ts';
import { argumentsOf } from '../windows/split-command-line.ts';
import { readTasks } from '../windows/read-task.ts';
import { createGroupExporter } from './group-exporter.ts';
import { wordsOf } from './task-command.ts';

const nowMs = Date.parse('2026-11-25T12:00:00Z');
const context = { nowMs, timezone: 'UTC', machineTimezone: 'UTC', homeDir: '/home/kim', username: 'kim' };
const exporter = createGroupExporter(() => context);
const spec = schedule('30 2 * * *', 'UTC');
const stored = { ...storedSchedule(spec), createdAt: new Date(nowMs).toISOString() };

const base: Task = {
  ...stored,
  id: 'a',
  name: 'Back up',
  timingId: 'g',
  tool: 'shell:run',
  status: 'active',
  parameters: { command: 'true' },
};
const harmless = { ...base, id: 'z', name: 'Harmless', parameters: { args: ['/bin/last'] } };

function exported(target: GroupTarget, task: Task) {
  const timing = { ...stored, id: 'g', name: 'Group', taskIds: ['a', 'z'] };
  return exporter.exportGroup(target, { timing, schedule: spec, tasks: [task, harmless] });
}
type Export = ReturnType<typeof exported>;

interface Written {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string | undefined;
}
const fromReading = ({ parameters, env = {}, workingDirectory }: ReadTask): Written => ({
  // A command line with variables is read as a line for cmd, which splits it by the same rules.
  words: (parameters['args'] as string[] | undefined) ?? argumentsOf(String(parameters['command'])),
  env,
  workingDirectory,
});

function readUnits({ artifacts }: Export): Written[] {
  const text = (path: string) => artifacts.filter((file) => file.path === path).map(({ content }) => content);
  const names = artifacts.flatMap(({ path }) => (path.endsWith('.timer') ? [path.replace('.timer', '')] : []));
  // systemd ends a line at a carriage return too, and our writer may not depend on it.
  for (const { content } of artifacts) expect(content).not.toMatch(/[\r\0]/);
  for (const name of names) {
    const unit = new Unit(text(`${name}.service`));
    expect(unit.all('Service', 'ExecStart')).toHaveLength(1);
    for (const other of ['ExecStartPre', 'ExecStartPost', 'User']) expect(unit.all('Service', other)).toEqual([]);
  }
  const files = names.map((name) => ({ name, timer: text(`${name}.timer`), service: text(`${name}.service`) }));
  return reading(readTimers(files, context)).map(fromReading);
}

function reading({ refused, tasks }: ReturnType<typeof readTimers>): readonly ReadTask[] {
  expect(refused).toEqual([]);
  return tasks;
}

interface CronJob {
  spec: {
    jobTemplate: {
      spec: {
        template: {
          spec: {
            containers: { command: string[]; env?: { name: string; value: string }[]; workingDir?: string }[];
          };
        };
      };
    };
  };
}

/** Reads with the rules of YAML 1.1, as Kubernetes does, and expands as its `expansion.Expand`. */
function readCronJobs({ artifacts }: Export): Written[] {
  const text = artifacts[0]?.content ?? '';
  expect(text).not.toMatch(/[\r\u0085\u2028\u2029]/);
  return parseAllDocuments(text, { version: '1.1' }).map((document) => {
    const [container] = (document.toJS() as CronJob).spec.jobTemplate.spec.template.spec.containers;
    const env: Record<string, string> = {};
    for (const { name, value } of container?.env ?? []) env[name] = expand(value, env);
    const words = (container?.command ?? []).map((word) => expand(word, env));
    return { words, env, workingDirectory: container?.workingDir };
  });
}

const expand = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (whole, name?: string) => (name === undefined ? '$' : (env[name] ?? whole)));

const readers: Readonly<Record<Exclude<GroupTarget, 'crontab'>, (written: Export) => Written[]>> = {
  systemd: readUnits,
  launchd: ({ artifacts }) =>
    reading(
      readAgents(
        artifacts.map(({ path, content }) => ({ name: path, text: content })),
        context,
      ),
    ).map(fromReading),
  windows: ({ artifacts }) =>
    reading(
      readTasks(
        artifacts.map(({ path, content }) => ({ name: path, xml: content })),
        context,
      ),
    ).map(fromReading),
  kubernetes: readCronJobs,
};

/** Returns what the file must say about the task. */
function wanted(target: GroupTarget, task: Task): Written {
  const { workingDirectory, env = {} } = task;
  return target === 'windows'
    ? { words: wordsOf(task, 'cmd'), env: {}, workingDirectory }
    : { words: wordsOf(task, 'sh'), env, workingDirectory };
}

const cases = Object.entries(hostileFields).flatMap(([field, change]) =>
  hostileTexts.map((text) => ({ field, text, task: { ...base, ...change(text) } })),
);

/** Checks that a refusal names the task and its field. Returns whether the task was exported. */
function wasExported({ notes, tasks }: Export, field: string, what: string): boolean {
  const refusal = notes.find((note) => note.includes(' was not exported: '));
  expect(tasks, what).toBe(refusal === undefined ? 2 : 1);
  if (refusal === undefined) return true;
  expect(field, what).not.toMatch(/^(name|description)$/);
  expect(refusal).toMatch(
    /^"Back up" was not exported: (its|argument \d+ of its|it does not name) .*(command|program|input|variable|directory|arguments)/,
  );
  expect(refusal.length).toBeLessThan(500);
  return false;
}

describe.each(['systemd', 'launchd', 'windows', 'kubernetes'] as const)(
  'a hostile text in an export as %s',
  (target) => {
    it('is refused with the name of its field, or read back unchanged', { timeout: 600_000 }, () => {
      const read = readers[target];
      let kept = 0;
      for (const { field, text, task } of cases) {
        const what = `${field}: ${JSON.stringify(text.slice(0, 60))}`;
        const written = exported(target, task);
        if (target === 'windows' && field === 'value of a variable') expect(written.tasks, what).toBe(2);
        const found = read(written);
        const isWritten = wasExported(written, field, what);
        const last = { words: ['/bin/last'], env: {}, workingDirectory: undefined };
        const expected = isWritten ? [wanted(target, task), last] : [last];
        if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found, what).toEqual(expected);
        kept += isWritten ? 1 : 0;
      }
      // Refusing everything would also pass.
      expect(kept).toBeGreaterThan(cases.length / 3);
    });
  },
);

describe('a hostile text in an export as crontab', () => {
  it('is refused with the name of its field, or a shell reads the same words', { timeout: 600_000 }, () => {
    const scripts: { readonly what: string; readonly command: string; readonly words: string[] }[] = [];
    for (const { field, text, task } of cases) {
      const what = `${field}: ${JSON.stringify(text.slice(0, 60))}`;
      const written = exported('crontab', task);
      const found = reading(readCrontab(written.artifacts[0]?.content ?? '', context));
      if (!wasExported(written, field, what)) {
        expect(found, what).toHaveLength(1);
        continue;
      }
      expect(found, what).toHaveLength(2);
      const [first, last] = found.map(({ parameters }) => parameters);
      expect(last, what).toEqual({ command: '/bin/last' });
      const command = String(first?.['command']);
      const isPlain = ['command', 'name', 'description'].includes(field);
      if (isPlain) expect(command.trim(), what).toBe(String(task.parameters['command']).trim());
      else scripts.push({ what, command, words: wordsInShell(task) });
    }
    expect(scripts.length).toBeGreaterThan(cases.length / 4);
    const shown = scripts.map(({ command }) => shownWords(command));
    const { stdout } = spawnSync('sh', { input: shown.join('\n'), encoding: 'utf8', maxBuffer: 1e9 });
    expect(stdout.split('\0\n').slice(0, -1)).toEqual(scripts.map(({ words }) => words.join('\0')));
  });
});

/** Returns a line that prints the words instead of running them. */
function shownWords(command: string): string {
  const [, directory, rest = command] = /^cd ('(?:[^']|'"'"')*'|\S+) && (.*)$/s.exec(command) ?? [];
  return `printf '%s\\0' ${directory ?? ''} ${rest}; echo`;
}

function wordsInShell(task: Task): string[] {
  const env = Object.entries(task.env ?? {}).map(([name, value]) => `${name}=${value}`);
  const isPlain =
    task.env === undefined && task.parameters['shell'] === undefined && task.parameters['args'] === undefined;
  const words =
    isPlain && task.parameters['stdin'] === undefined ? [String(task.parameters['command'])] : wordsOf(task, 'sh');
  const directory = task.workingDirectory === undefined ? [] : [task.workingDirectory];
  return [...directory, ...(env.length === 0 ? [] : ['env', ...env]), ...words];
}
