import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { mutated } from '../../../testing/mutated-text.ts';
import { runsOf } from '../../../testing/property-runs.ts';
import { context } from '../testing/readings.ts';
import { readAgentSchedules } from './read-schedules.ts';
import { createAgentSchedules } from './schedule-switches.ts';
import { agentsHome } from './testing/agents-home.ts';
import type { AgentsHome } from './testing/agents-home.ts';

let home: AgentsHome;
let person: { platform: 'linux'; homeDir: string; env: object & Record<string, string> };
beforeEach(() => {
  home = agentsHome();
  person = { platform: 'linux', homeDir: home.homeDir, env: {} };
});
const switches = () => createAgentSchedules({ person, backupDir: join(home.homeDir, 'backups') });
const seen = (): string => readAgentSchedules(person, context).original ?? '';
const sources = (): string[] => Object.keys(JSON.parse(seen()) as object);
const bytes = () => Object.fromEntries(Object.entries(home.files).map(([name, path]) => [name, readFileSync(path)]));
const change = (path: string, from: string, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

describe('switching schedules of agents off', () => {
  it('leaves none on, changes nothing else, and restores every byte', async () => {
    const before = bytes();
    const all = sources();
    expect(all).toHaveLength(11);
    const steps = await switches().switchOff(all, seen(), 'm1');
    expect(steps).toHaveLength(5);
    expect(sources()).toEqual([]);
    const off = bytes();
    expect(off['desktop']?.toString()).toBe(
      before['desktop']?.toString().replace('"enabled": true', '"enabled": false'),
    );
    expect(off['codex']?.toString()).toBe(
      before['codex']?.toString().replace('\nstatus = "ACTIVE"\n', '\nstatus = "PAUSED"\n'),
    );
    expect(JSON.parse(String(off['code']))).toEqual({ tasks: [] });
    expect(JSON.parse(String(off['hermes']))).toMatchObject({
      jobs: [{ id: 'h1', enabled: false, state: 'paused' }, { enabled: false }, { enabled: false }],
    });
    expect(await switches().restore('m1')).toBe(11);
    expect(bytes()).toEqual(before);
  });

  it('keeps a copy of each file, readable only for the person', async () => {
    const before = bytes();
    await switches().switchOff(['Codex: weekly-notes'], seen(), 'm1');
    const copy = join(home.homeDir, 'backups/m1/0-automation.toml');
    expect(readFileSync(copy)).toEqual(before['codex']);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
  });

  it('switches off only what is named', async () => {
    await switches().switchOff(['hermes: h1'], seen(), 'm1');
    expect(sources()).not.toContain('hermes: h1');
    expect(sources()).toHaveLength(10);
  });

  it('changes nothing if a schedule changed since it was reviewed; its last run is no change', async () => {
    const reviewed = seen();
    change(home.files.desktop, '"lastRunAt": 1', '"lastRunAt": 2');
    await switches().switchOff(['Claude Desktop: review'], reviewed, 'm1');
    await switches().restore('m1');
    change(home.files.desktop, '*/30 9-20', '*/15 9-20');
    const before = bytes();
    const refused = switches().switchOff(['Codex: weekly-notes', 'Claude Desktop: review'], reviewed, 'm2');
    await expect(refused).rejects.toMatchObject({ code: 'agent/schedule-changed' });
    expect(bytes()).toEqual(before);
    expect(existsSync(join(home.homeDir, 'backups/m2'))).toBe(false);
  });

  it('puts the other files back if one cannot be written', async () => {
    const before = bytes();
    const refused = createAgentSchedules({
      ...{ person, backupDir: join(home.homeDir, 'backups') },
      write: (path, content) => {
        if (path === home.files.codex) throw new Error('the disk is full');
        writeFileSync(path, content);
      },
    }).switchOff(['Claude Desktop: review', 'Codex: weekly-notes'], seen(), 'm1');
    await expect(refused).rejects.toMatchObject({
      code: 'agent/file-refused',
      message: `${home.files.codex} cannot be written: the disk is full. No schedule was changed.`,
    });
    expect(bytes()).toEqual(before);
  });

  it('writes through a link, and keeps the rights of the file', async () => {
    const real = join(home.homeDir, 'dotfiles.toml');
    renameSync(home.files.codex, real);
    chmodSync(real, 0o640);
    symlinkSync(real, home.files.codex);
    await switches().switchOff(['Codex: weekly-notes'], seen(), 'm1');
    expect(readFileSync(real, 'utf8')).toContain('status = "PAUSED"');
    expect(statSync(real).mode & 0o777).toBe(0o640);
  });
});

it('of files that were changed in any way are switched off and on without a loss, or left alone', async () => {
  const texts = Object.entries(home.files).map(([, path]) => ({ path, text: readFileSync(path, 'utf8') }));
  const damage = fc
    .constantFrom(...texts)
    .chain(({ path, text }) => mutated(text).map((damaged) => ({ path, damaged })));
  let marks = 0;
  let switched = 0;
  await fc.assert(
    fc.asyncProperty(damage, async ({ path, damaged }) => {
      for (const each of texts) home.write(each.path, each.path === path ? damaged : each.text);
      const before = bytes();
      const mark = `m${(marks += 1)}`;
      try {
        await switches().switchOff(sources(), seen(), mark);
      } catch (problem) {
        expect(problem).toMatchObject({ code: 'agent/file-refused' });
        expect(bytes()).toEqual(before);
        return;
      }
      switched += 1;
      expect(sources()).toEqual([]);
      await switches().restore(mark);
      expect(bytes()).toEqual(before);
    }),
    { numRuns: runsOf(25) },
  );
  expect(switched).toBeGreaterThan(5);
});

describe('switching them on again', () => {
  it('changes only its own schedules in a file that changed since', async () => {
    await switches().switchOff(sources(), seen(), 'm1');
    change(home.files.desktop, '"lastRunAt": 1', '"lastRunAt": 99');
    change(home.files.goose, '"currently_running": false', '"currently_running": true');
    change(home.files.codex, 'model = "gpt-5.5"', 'model = "gpt-6"');
    writeFileSync(home.files.code, '{"tasks": [{"id": "new", "cron": "0 1 * * *", "prompt": "x"}]}');
    await switches().restore('m1');
    expect(readFileSync(home.files.desktop, 'utf8')).toMatch(/"lastRunAt": 99/);
    expect(readFileSync(home.files.codex, 'utf8')).toContain('gpt-6');
    const { tasks } = JSON.parse(readFileSync(home.files.code, 'utf8')) as { tasks: { id: string }[] };
    expect(tasks.map(({ id }) => id)).toEqual(['new', '875bb1c1', '11aa']);
    expect(sources()).toHaveLength(12);
  });

  it('says so if a schedule is gone, and changes nothing', async () => {
    await switches().switchOff(['hermes: h1', 'Codex: weekly-notes'], seen(), 'm1');
    writeFileSync(home.files.hermes, '{"jobs": []}');
    const off = bytes();
    await expect(switches().restore('m1')).rejects.toMatchObject({
      code: 'agent/schedule-gone',
      message: expect.stringContaining('backups/m1/') as string,
    });
    expect(bytes()).toEqual(off);
  });

  it('says so if there are no copies', async () => {
    mkdirSync(join(home.homeDir, 'backups'));
    await expect(switches().restore('never')).rejects.toMatchObject({ code: 'agent/schedule-gone' });
  });
});
