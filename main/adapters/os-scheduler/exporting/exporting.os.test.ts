import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import type { GroupTarget } from '../../../contract/transfer.ts';
import { scheduleKey } from '../../../domain/timing/schedule-key.ts';
import { storedSchedule } from '../../../domain/timing/spec-of.ts';
import { createCommandRunner } from '../run-program.ts';
import { noAgents } from '../testing/readings.ts';
import { createImportFiles } from '../importing/import-files.ts';
import { installedTexts } from '../importing/installed-texts.ts';
import { unitDirectory } from '../systemd/translate.ts';
import { hostileCharacters, hostileFields } from '../testing/hostile-tasks.ts';
import { schedule } from '../testing/schedule-arbitraries.ts';
import { CRONTAB_WAIT_MS, holdCrontab } from '../testing/whole-crontab.ts';
import { createGroupExporter } from './group-exporter.ts';

const run = createCommandRunner();
const nowMs = Date.parse('2026-11-25T12:00:00Z');
const specs = ['30 2 * * *', '*/15 9-17 * * 1-5', '0 0 1,15 * *', '5 4 * 1,7 0'].map((cron) => schedule(cron, 'UTC'));
const command = `printf '%s %%\\n' "it's 100% $HOME" | cat # done`;

let homeDir = '';
const context = () => ({ nowMs, timezone: 'UTC', machineTimezone: 'UTC', homeDir, username: 'kim' });
const files = createImportFiles({ context, ...installedTexts(run), agentSchedules: noAgents, serverFiles: () => [] });

beforeEach(() => {
  homeDir = mkdtempSync(join(tmpdir(), 'ncp-leaving-'));
});
afterEach(() => rmSync(homeDir, { recursive: true, force: true }));

/** Returns the export of each schedule, one group after the other. */
function exported(target: GroupTarget) {
  const exporter = createGroupExporter(context);
  return specs.flatMap((spec, index) => {
    const id = `group-${index}`;
    const stored = { ...storedSchedule(spec), createdAt: new Date(nowMs).toISOString() };
    const timing = { ...stored, id, name: id, taskIds: ['a'] };
    const fields = { id: `task-${index}`, name: `Back up ${index}, 50 %`, timingId: id, status: 'active' } as const;
    const task: Task = { ...stored, ...fields, tool: 'shell:run', parameters: { command } };
    return exporter.exportGroup(target, { timing, schedule: spec, tasks: [task] }).artifacts;
  });
}

/** Returns one group of tasks with hostile texts. The programs stay as they are: systemd warns about missing ones. */
function hostile() {
  const [spec = schedule('30 2 * * *', 'UTC')] = specs;
  const stored = { ...storedSchedule(spec), createdAt: new Date(nowMs).toISOString() };
  const fields = Object.entries(hostileFields).filter(([field]) => !field.startsWith('program'));
  const changes = fields.flatMap(([, change]) => hostileCharacters.map((char) => change(`a${char}b`)));
  const tasks = changes.map((change, index): Task => {
    const id = `task-${index}`;
    return {
      ...stored,
      id,
      name: id,
      timingId: 'g',
      status: 'active',
      tool: 'shell:run',
      parameters: { command },
      ...change,
    };
  });
  const timing = { ...stored, id: 'g', name: 'g', taskIds: tasks.map(({ id }) => id) };
  return createGroupExporter(context).exportGroup('systemd', { timing, schedule: spec, tasks });
}
const keys = specs.map(scheduleKey).sort();

describe('exported systemd units', () => {
  beforeEach(async (test) => {
    const present = await run('systemd-analyze', ['--version']);
    if (present.failure !== null) test.skip(`systemd-analyze does not start: ${present.failure}`);
    mkdirSync(unitDirectory(homeDir), { recursive: true });
    for (const { path, content } of exported('systemd')) writeFileSync(join(unitDirectory(homeDir), path), content);
  });

  it('pass systemd’s own check', async () => {
    const paths = exported('systemd').map(({ path }) => join(unitDirectory(homeDir), path));
    const { stderr, exitCode } = await run('systemd-analyze', ['verify', '--user', '--man=no', ...paths]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('with hostile texts pass it too, unless they were refused', { timeout: 300_000 }, async () => {
    const { artifacts, tasks } = hostile();
    expect(tasks).toBeGreaterThan(300);
    const folder = unitDirectory(homeDir);
    for (const { path, content } of artifacts) writeFileSync(join(folder, path), content);
    const services = artifacts.flatMap(({ path }) => (path.endsWith('.service') ? [join(folder, path)] : []));
    const { stderr, exitCode } = await run('systemd-analyze', ['verify', '--user', '--man=no', ...services]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('are found again in their folder, with the same times and the same command', async () => {
    const reading = await files.installed('systemd');
    expect(reading).toMatchObject({ kind: 'systemd', refused: [], tasks: { length: specs.length } });
    const tasks = 'tasks' in reading ? reading.tasks : [];
    expect(tasks.flatMap(({ schedules }) => schedules.map(scheduleKey)).sort()).toEqual(keys);
    for (const { parameters } of tasks) expect(JSON.stringify(parameters)).toContain('100%');
  });
});

describe('an exported crontab', () => {
  beforeAll(holdCrontab, CRONTAB_WAIT_MS);

  it('is accepted by the real crontab, and read back with the same times and the same command', async (test) => {
    const present = await run('crontab', ['-l']);
    if (present.failure !== null) test.skip(`crontab does not start: ${present.failure}`);
    // It replaces the whole crontab, so it only runs for a user made for the test or one without a crontab.
    if (present.exitCode === 0 && process.env['NCP_TEST_USER'] !== 'throwaway')
      test.skip('you have a crontab of your own');
    const input = exported('crontab')
      .map(({ content }) => content)
      .join('\n');
    try {
      expect(await run('crontab', ['-'], { input })).toMatchObject({ exitCode: 0, stderr: '' });
      const reading = await files.installed('crontab');
      expect(reading).toMatchObject({ kind: 'crontab', refused: [], tasks: { length: specs.length } });
      const tasks = 'tasks' in reading ? reading.tasks : [];
      expect(tasks.flatMap(({ schedules }) => schedules.map(scheduleKey)).sort()).toEqual(keys);
      for (const { parameters } of tasks) expect(parameters['command']).toBe(command);
    } finally {
      await run('crontab', ['-r']);
    }
  });
});
