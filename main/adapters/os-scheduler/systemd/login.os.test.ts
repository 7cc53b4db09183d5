import { expect, it, onTestFinished } from 'vitest';
import type { Execution } from '../../../contract/execution.ts';
import { builtCommandLine, headless } from '../../../testing/built-command-line.ts';
import { inLogin, noLogin } from '../../../testing/login-session.ts';
import { createCommandRunner } from '../run-program.ts';
import { UserManager } from './user-manager.ts';

const manager = new UserManager(createCommandRunner(), process.env['XDG_RUNTIME_DIR'] ?? null);
/** Waits in the login until a run has ended, at most half a minute. */
const untilRun = `for i in $(seq 60); do "$@" runs --json | grep -q '"status": *"success"' && exit; sleep 0.5; done; exit 97`;

it('a user manager that has just started fires the task of a login, which is claimed once and explained', async (test) => {
  const problem = (await manager.unavailable()) ?? (await noLogin());
  if (problem !== null) return test.skip(problem);
  const cli = builtCommandLine({ osScheduler: 'systemd', notifyOnFailure: false });
  onTestFinished(() => cli.dispose());
  const program = [process.execPath, headless];
  const work = ['--tool', 'shell:run', '--params', '{"command":"echo hello"}'];
  const create = [...program, 'create', '--name', 'Mail', '--schedule', 'at login', ...work];
  expect(await inLogin(cli.env, create)).toMatchObject({ code: 0, stderr: '' });
  const runs = async () => (await cli.json('runs')).answer['executions'] as Execution[];
  // The timer elapsed in this login too, but the task is newer than the login.
  expect(await runs()).toEqual([]);

  const loggedInMs = Date.now();
  const second = ['sh', '-c', untilRun, 'sh', ...program];
  expect(await inLogin(cli.env, second)).toMatchObject({ code: 0, stderr: '' });
  const [run, ...others] = await runs();
  expect([run, others]).toMatchObject([{ taskName: 'Mail', trigger: 'schedule', status: 'success' }, []]);
  expect(Date.parse(run?.slot ?? '')).toBeGreaterThan(loggedInMs);
  expect((await cli.run('why', 'Mail')).stdout).toContain(
    `${run?.slot ?? '?'}  success  run ${run?.executionId ?? '?'}`,
  );
});
