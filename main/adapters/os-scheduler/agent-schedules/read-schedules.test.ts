import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextSlots } from '../../../domain/timing/slots.ts';
import type { ReadTask } from '../../../ports/import-files.ts';
import { context, keys } from '../testing/readings.ts';
import { readAgentSchedules } from './read-schedules.ts';
import { agentsHome } from './testing/agents-home.ts';
import type { AgentsHome } from './testing/agents-home.ts';

let home: AgentsHome;
beforeEach(() => {
  home = agentsHome();
});
const read = () => readAgentSchedules({ platform: 'linux', homeDir: home.homeDir, env: {} }, context);
const task = (source: string): ReadTask =>
  read().tasks.find((each) => each.source === source) ??
  expect.fail(`no ${source} among ${JSON.stringify(read(), null, 1)}`);
const refusal = (source: string) => read().refused.find((each) => each.source === source)?.reason;

describe('the schedules of agents on this machine', () => {
  it('are found, each under a name of its own', () => {
    const project = join(home.homeDir, 'project');
    expect(read().tasks.map(({ source }) => source)).toEqual([
      'Claude Desktop: review',
      'Claude Desktop: old',
      'Claude Desktop: brief',
      `Claude Code: ${project} 875bb1c1`,
      `Claude Code: ${project} 11aa`,
      'Codex: weekly-notes',
      'goose: tidy',
      'hermes: h1',
      'hermes: h2',
      'hermes: coder c1',
    ]);
    expect(read().notes).toEqual([]);
  });

  it('Claude Desktop: prompt, folder, model and what was always allowed', () => {
    expect(task('Claude Desktop: review')).toMatchObject({
      name: 'Review',
      description: 'Looks at open pull requests',
      tool: 'agent:run',
      parameters: {
        agent: 'claude-code',
        prompt: 'Review the open pull requests.',
        model: 'claude-sonnet-4-6',
        permissions: 'edit',
        allowedTools: ['Bash(gh pr list:*)', 'Read'],
      },
      workingDirectory: join(home.homeDir, 'project'),
      policies: { catchUp: 'once' },
    });
    expect(keys(task('Claude Desktop: review'))).toEqual(['*/30 9-20 * * 1-5 Europe/Berlin']);
    expect(task('Claude Desktop: old').notes[0]).toBe('It is switched off in Claude Desktop.');
    expect(refusal('Claude Desktop: lost')).toBe('Its prompt is missing: none/SKILL.md does not exist.');
  });

  it('Claude Cowork: a date, and its folders', () => {
    const { schedules, parameters, workingDirectory, notes } = task('Claude Desktop: brief');
    expect(schedules).toMatchObject([{ kind: 'once', atMs: Date.parse('2026-12-24T08:00:00Z') }]);
    expect(parameters['arguments']).toEqual(['--add-dir', join(home.homeDir, 'b')]);
    expect(workingDirectory).toBe(join(home.homeDir, 'a'));
    expect(notes.join(' ')).toContain('virtual machine');
  });

  it('Claude Code: in its project; a job that does not recur has one date', () => {
    const project = join(home.homeDir, 'project');
    const recurring = task(`Claude Code: ${project} 875bb1c1`);
    expect(recurring).toMatchObject({ name: 'Check the build', workingDirectory: project });
    expect(keys(recurring)).toEqual(['57 8 * * * Europe/Berlin']);
    expect(recurring.notes[0]).toContain('seven days');
    expect(task(`Claude Code: ${project} 11aa`).schedules).toMatchObject([
      { kind: 'once', atMs: Date.parse('2026-12-24T08:00:00Z') },
    ]);
  });

  it('Codex: the recurrence rule, model and effort', () => {
    const found = task('Codex: weekly-notes');
    expect(keys(found)).toEqual(['0 9 * * 5 Europe/Berlin']);
    expect(found.parameters).toMatchObject({
      ...{ agent: 'codex', model: 'gpt-5.5', arguments: ['-c', 'model_reasoning_effort=low'] },
    });
    expect(found.notes.join(' ')).toContain('worktree');
  });

  it.each([
    ['FREQ=HOURLY;INTERVAL=6', 360, '2026-11-01T09:13:00.000Z'],
    ['RRULE:FREQ=MINUTELY;INTERVAL=30', 30, '2026-11-01T09:13:00.000Z'],
  ])('Codex: %s counts from when it was created', (rule, minutes, from) => {
    const text = `id="a"\nname="A"\nprompt="p"\nrrule="${rule}"\ncwds=[]\ncreated_at=${Date.parse(from)}\n`;
    home.write(join(home.homeDir, '.codex/automations/a/automation.toml'), text);
    const [spec] = task('Codex: a').schedules;
    expect(spec && nextSlots(spec, Date.parse(from), 3)).toEqual(
      [1, 2, 3].map((count) => Date.parse(from) + count * minutes * 60_000),
    );
  });

  it.each([
    ['kind = "heartbeat"', 'continues a conversation'],
    ['cwds = ["/a", "/b"]', 'It runs in 2 folders (/a, /b)'],
    ['rrule = "FREQ=SECONDLY"', 'FREQ'],
    ['prompt = ""', 'Its field "prompt" is missing.'],
  ])('Codex: with %s it is refused', (line, reason) => {
    const fields = ['kind = "cron"', 'name = "A"', 'prompt = "p"', 'rrule = "FREQ=DAILY;BYHOUR=9"', 'cwds = []'];
    const field = line.split(' ')[0] ?? '';
    const text = [...fields.filter((each) => !each.startsWith(`${field} `)), line].join('\n');
    home.write(join(home.homeDir, '.codex/automations/a/automation.toml'), text);
    expect(refusal('Codex: a')).toContain(reason);
  });

  it('goose: its recipe becomes the prompt', () => {
    const found = task('goose: tidy');
    expect(found).toMatchObject({
      name: 'Tidy up',
      parameters: { agent: 'goose', prompt: 'Be brief.\n\nSort ~/Downloads' },
    });
    expect(keys(found)).toEqual(['0 7 * * * Europe/Berlin']);
    expect(found.notes[0]).toBe('Not imported from its recipe: extensions. goose uses its own settings.');
    home.write(join(home.homeDir, '.local/share/goose/scheduled_recipes/tidy.yaml'), 'prompt: Sort {{ folder }}\n');
    expect(refusal('goose: tidy')).toContain('parameters');
  });

  it('goose: a recipe of thousands of levels is refused', () => {
    const recipe = `prompt: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`;
    home.write(join(home.homeDir, '.local/share/goose/scheduled_recipes/tidy.yaml'), recipe);
    expect(refusal('goose: tidy')).toContain('it is nested deeper than 100 levels');
  });

  it('goose: a recipe with a tag of a stranger writes no warning to the terminal', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const recipe = 'prompt: !strange Sort it\ntitle: Tidy up\n';
    home.write(join(home.homeDir, '.local/share/goose/scheduled_recipes/tidy.yaml'), recipe);
    expect(task('goose: tidy').parameters['prompt']).toBe('Sort it');
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('hermes: intervals, dates, what is left to run, and each profile', () => {
    expect(task('hermes: h1')).toMatchObject({
      name: 'Digest',
      maxExecutions: 3,
      schedules: [{ kind: 'interval', minutes: 90 }],
      parameters: { agent: 'command', command: ['hermes', 'chat', '-q', '{prompt}'] },
      workingDirectory: join(home.homeDir, 'project'),
    });
    const once = task('hermes: h2');
    expect(once).not.toHaveProperty('maxExecutions');
    expect(once.notes.join(' ')).toContain('the skills mail. Not imported: the delivery to telegram');
    expect(task('hermes: coder c1').parameters['command']).toEqual(['hermes', '-p', 'coder', 'chat', '-q', '{prompt}']);
    expect(refusal('hermes: h3')).toContain('backup.sh');
  });

  it('that cannot be read are named, and hide no others', () => {
    home.write(home.files.desktop, '{"scheduledTasks": [');
    home.write(home.files.codex, 'name = ');
    home.write(home.files.hermes, '{"jobs": 3}');
    home.write(join(home.homeDir, '.claude.json'), 'not JSON');
    const { notes, tasks } = read();
    expect(notes).toHaveLength(4);
    expect(notes[0]).toBe(`${home.files.desktop} (Claude Desktop) cannot be read: it is not valid JSON.`);
    expect(notes.join(' ')).toContain('it has no list "jobs"');
    expect(tasks.map(({ source }) => source)).toContain('goose: tidy');
  });

  it('are none where no agent is', () => {
    const nobody = readAgentSchedules({ platform: 'darwin', homeDir: join(home.homeDir, 'nobody'), env: {} }, context);
    expect(nobody).toMatchObject({ tasks: [], refused: [], notes: [] });
  });

  it('are where the variables of the programs say', () => {
    const env = { CODEX_HOME: join(home.homeDir, '.codex'), HERMES_HOME: join(home.homeDir, '.hermes') };
    const person = { platform: 'darwin', homeDir: '/nobody', env } as const;
    const sources = readAgentSchedules(person, context).tasks.map(({ source }) => source);
    expect(sources).toEqual(['Codex: weekly-notes', 'hermes: h1', 'hermes: h2', 'hermes: coder c1']);
  });
});
