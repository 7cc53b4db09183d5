import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import type { Execution } from '../../../contract/execution.ts';
import { builtCommandLine, headless } from '../../../testing/built-command-line.ts';
import { inNewStart, makeCrontabs, noNewStart } from '../../../testing/system-start.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';

/** Waits after the start until a run has ended, at most half a minute. */
const untilRun = `for i in $(seq 60); do "$@" runs --json | grep -q '"status": *"success"' && exit; sleep 0.5; done; exit 97`;

it('a cron daemon that starts with the system fires @reboot, which is claimed once and explained', async (test) => {
  const problem = await noNewStart();
  if (problem !== null) return test.skip(problem);
  const cli = builtCommandLine({ osScheduler: 'cron', notifyOnFailure: false });
  onTestFinished(() => cli.dispose());
  const folder = temporaryDir();
  makeCrontabs(folder);
  const program = [process.execPath, headless];
  const work = ['--tool', 'shell:run', '--params', '{"command":"echo hello"}'];
  const create = [...program, 'create', '--name', 'Mount', '--schedule', '@reboot', ...work];
  expect(await inNewStart(folder, cli.env, create)).toMatchObject({ code: 0, stderr: '' });
  const runs = async () => (await cli.json('runs')).answer['executions'] as Execution[];
  expect(await runs()).toEqual([]);

  const startedMs = Date.now();
  const second = ['sh', '-c', untilRun, 'sh', ...program];
  expect(await inNewStart(folder, cli.env, second)).toMatchObject({ code: 0, stderr: '' });
  const [first, ...others] = await runs();
  expect([first, others]).toMatchObject([{ taskName: 'Mount', trigger: 'schedule', status: 'success' }, []]);
  expect(Date.parse(first?.slot ?? '')).toBeGreaterThan(startedMs);
  const why = (await cli.run('why', 'Mount')).stdout;
  expect(why).toContain(`${first?.slot ?? '?'}  success  run ${first?.executionId ?? '?'}`);
});
