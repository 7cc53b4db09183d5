import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { anExecution } from '../../testing/ledger-samples.ts';
import type { Execution } from '../../contract/execution.ts';
import type { JournalLine, Supervisor } from '../../ports/supervisor.ts';
import { supervise } from './supervision.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function made(watchdogMs: number | null, change: Partial<Supervisor> = {}) {
  const clock = fakeClock('2026-11-29T12:00:00.000Z');
  const lines: JournalLine[] = [];
  const problems: string[] = [];
  let signs = 0;
  const supervisor: Supervisor = {
    watchdogMs,
    alive: () => Promise.resolve(void (signs += 1)),
    record: (line) => Promise.resolve(void lines.push(line)),
    ...change,
  };
  const logger = { ...silent, warn: (message: string) => void problems.push(message) };
  return { clock, lines, problems, signs: () => signs, supervision: supervise({ supervisor, clock, logger }) };
}

it('gives signs of life four times as often as the watchdog needs, until it stops', () => {
  const { clock, signs, supervision } = made(180_000);
  expect(signs()).toBe(1);
  for (let i = 0; i < 4; i += 1) clock.advance(45_000);
  expect(signs()).toBe(5);
  supervision.stop();
  clock.advance(180_000);
  expect(signs()).toBe(5);
});

it('gives none where nobody watches', () => {
  const { clock, signs } = made(null);
  clock.advance(600_000);
  expect(signs()).toBe(0);
});

it('records runs that have ended, with the task and the run as fields', () => {
  const { lines, supervision } = made(null);
  const error = { code: 'shell/exit-code', message: 'The command exited with 1.' };
  const end = { completedAt: '2026-11-29T12:00:01.000Z', duration: 1000, status: 'failure', error } as const;
  const running = {
    ...anExecution({ taskName: 'Backup', executionId: 'a1' }),
    completedAt: null,
  } as unknown as Execution;
  supervision.ended([running, { ...running, ...end }]);
  const { taskId } = running;
  const fields = { NCP_TASK: 'Backup', NCP_TASK_ID: taskId, NCP_EXECUTION_ID: 'a1', NCP_STATUS: 'failure' };
  expect(lines).toEqual([{ message: expect.stringMatching(/^Backup: .+/) as string, isProblem: true, fields }]);
});

it('reports a service manager that cannot be informed, and goes on', async () => {
  const { problems, clock } = made(4000, { alive: () => Promise.reject(new Error('systemd-notify failed')) });
  clock.advance(1000);
  await expect.poll(() => problems.length).toBe(2);
});
