import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from '../contract/execution.ts';
import { builtCommandLine, type BuiltCommandLine } from '../testing/built-command-line.ts';

const kills = process.env['TEST_DEEP'] === '1' ? 200 : 10;
const limits = { timeout: 600_000 };

let cli: BuiltCommandLine;
beforeEach(() => {
  cli = builtCommandLine();
});
afterEach(() => cli.dispose());

/** Creates a task whose runs write their slot at their start and at their end. Returns what they wrote. */
async function createReport(seconds: number): Promise<(what: 'start' | 'end') => string[]> {
  const file = join(cli.home, 'slots');
  appendFileSync(file, '');
  const command = `echo "start $NCP_SLOT" >> ${file}; sleep ${seconds}; echo "end $NCP_SLOT" >> ${file}`;
  const task = ['--name', 'Report', '--schedule', '0 * * * *', '--tool', 'shell:run'];
  const { code, stderr } = await cli.run('create', ...task, '--params', JSON.stringify({ command }));
  if (code !== 0 || !existsSync(file)) throw new Error(stderr);
  return (what) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(`${what} `))
      .map((line) => line.slice(what.length + 1));
}
const backfill = ['backfill', 'Report', '--since', '48h', '--yes'];
const runs = async () => (await cli.json('runs', '--limit', '200')).answer['executions'] as Execution[];

describe('a backfill', limits, () => {
  it('that is killed at any moment leaves nothing half made, and no slot runs twice', async () => {
    const wrote = await createReport(0.05);
    for (let kill = 0; kill < kills; kill += 1) {
      const child = cli.start(...backfill, '--json');
      const ended = new Promise((resolve) => child.once('close', resolve));
      // Between the start of the process and the end of a few runs.
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1500));
      child.kill('SIGKILL');
      await ended;
      const starts = wrote('start');
      expect(starts, `after kill ${kill + 1}`).toEqual([...new Set(starts)]);
    }
    const { code, answer, stderr } = await cli.json(...backfill);
    expect([0, 1], stderr).toContain(code);
    const preview = (await cli.json(...backfill, '--dry-run')).answer;
    expect({ slots: preview['slots'], next: answer['next'] }).toEqual({ slots: [], next: null });
    const all = await runs();
    expect(all.filter(({ status }) => status === 'running')).toEqual([]);
    const slots = all.map(({ slot }) => slot);
    expect(slots.length).toBe(new Set(slots).size);
    expect(slots.length).toBeGreaterThanOrEqual(48);
    const starts = wrote('start');
    expect(starts).toEqual([...starts].sort());
    // A run that was killed is recorded as interrupted; every other one wrote its end.
    const whole = all.flatMap(({ slot, status }) => (status === 'success' && slot !== null ? [slot] : []));
    expect(wrote('end').sort()).toEqual(expect.arrayContaining(whole.sort()));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('that %s stops can be continued', async (signal) => {
    const wrote = await createReport(0.3);
    const child = cli.start(...backfill);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await expect.poll(() => wrote('end').length, { timeout: 60_000 }).toBeGreaterThan(1);
    child.kill(signal);
    expect(await ended).not.toBe(0);
    expect((await runs()).filter(({ status }) => status === 'running')).toEqual([]);
    const before = wrote('end').length;
    expect(before).toBeLessThan(48);
    const { answer } = await cli.json('backfill', 'Report', '--since', '10h', '--yes', '--again', 'unfinished');
    expect(answer['next']).toBeNull();
    const ends = wrote('end');
    expect(ends).toEqual([...new Set(ends)]);
    expect(ends.length).toBeGreaterThan(before);
  });
});
