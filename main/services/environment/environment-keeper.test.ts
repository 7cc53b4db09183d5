import { expect, it } from 'vitest';
import type { LoginEnvironment } from '../../ports/login-shell.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { EnvironmentKeeper } from './environment-keeper.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

function rig(problems: readonly (string | null)[] = []) {
  const clock = fakeClock();
  const asked: number[] = [];
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const renew = (maxAgeMs: number): Promise<LoginEnvironment> => {
    const problem = problems[asked.length] ?? null;
    asked.push(maxAgeMs);
    return Promise.resolve({ env: {}, source: 'cache', capturedAt: null, problem });
  };
  const logger = { info: say, warn: say, error: say };
  const keeper = new EnvironmentKeeper({ loginShell: () => Promise.resolve({ renew }), clock, logger });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { keeper, asked, said, pass };
}

it('captures at the start, and then asks each minute for one that is younger than a day', async () => {
  const { keeper, asked, pass } = rig();
  keeper.start();
  await pass(0);
  expect(asked).toEqual([0]);
  await pass(minuteMs);
  await pass(minuteMs);
  expect(asked).toEqual([0, dayMs, dayMs]);
  keeper.stop();
  await pass(minuteMs);
  expect(asked).toHaveLength(3);
});

it('reports a problem once, and again if it returns', async () => {
  const { keeper, said, pass } = rig(['broken', 'broken', null, 'broken']);
  keeper.start();
  for (let turn = 0; turn < 5; turn += 1) await pass(minuteMs);
  expect(said).toEqual(['broken', 'broken']);
});

it('does nothing more if it is stopped while the shell starts', async () => {
  const { keeper, asked, pass } = rig();
  keeper.start();
  const started = pass(0);
  keeper.stop();
  await started;
  await pass(2 * minuteMs);
  expect(asked.length).toBeLessThanOrEqual(1);
});
