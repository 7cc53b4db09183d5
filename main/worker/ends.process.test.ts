import { describe, expect, it } from 'vitest';
import type { CancelReason, ExecutionSpec } from '../contract/worker.ts';
import { processesWith } from '../testing/proc-facts.ts';
import { runnerFixture } from '../testing/runner-fixture.ts';
import type { RunResult } from '../services/runs/execution-outcome.ts';

/** How a run ends: the outcome, what a person reads, and what is in the log. */
interface End {
  readonly status: RunResult['status'];
  readonly exitCode: number | null;
  readonly signal?: string;
  readonly error?: string;
  readonly says?: RegExp;
  readonly log?: RegExp;
}

/** The ways to give the same script to `shell:run`. */
const forms: Readonly<Record<string, (script: string) => Record<string, unknown>>> = {
  'a line for sh': (script) => ({ command: script }),
  'a line for bash': (script) => ({ command: script, shell: 'bash' }),
  'a program': (script) => ({ args: ['sh', '-c', script] }),
};

const failed = (exitCode: number, says: RegExp, more: Partial<End> = {}): End => {
  return { status: 'failure', exitCode, error: 'shell/exit-code', says, log: / sys The command ended with/, ...more };
};
const bySignal = (signal: string, hint = /not by NCP Scheduler\.$/): End => {
  return { status: 'failure', exitCode: null, signal, error: 'shell/signal', says: hint };
};
const behind = (code: number, signal: string, hint = /which a shell reports as/): End =>
  failed(code, new RegExp(`exit code ${code}: a program that it ran was ended by ${signal}.*${hint.source}`));
const success = (more: Partial<End> = {}): End => ({ status: 'success', exitCode: 0, ...more });

/** What the command does by itself. */
type OwnEnd = readonly [way: string, script: string, end: End, more?: Record<string, unknown>];
const neverEnds: OwnEnd = ['is missing in the table', ':', { status: 'failure', exitCode: null }];
const ownEnds: readonly OwnEnd[] = [
  ['ends with 0', 'echo fine', success({ log: / out fine\n$/ })],
  ['ends with 0 and prints nothing', ':', success({ log: /^$/ })],
  ['ends with 0 after errors on standard error', 'echo bad >&2', success({ log: / err bad\n/ })],
  ['ends without a line end', 'printf half', success({ log: / out half/ })],
  ['waits for input that nobody gives', 'cat; echo end', success({ log: / out end\n/ })],
  ['closes its output and goes on', 'exec >&- 2>&-; sleep 0.1', success()],
  ['leaves a process behind', 'sleep 300 & echo up', success({ log: / sys The main process ended and left 1 in the/ })],
  [
    'leaves one that ignores TERM',
    `(trap '' TERM; sleep 300) & echo up`,
    success({ log: / sys The main process ended/ }),
  ],
  ['ends with 1', 'exit 1', failed(1, /^The command ended with exit code 1\.$/)],
  ['ends with 255', 'exit 255', failed(255, /exit code 255\.$/)],
  ['ends with a code that counts as success', 'exit 3', success({ exitCode: 3 }), { successExitCodes: [0, 3] }],
  ['ends with 0 where only 3 is success', 'exit 0', failed(0, /as success: 3\.$/), { successExitCodes: [3] }],
  ['ends with a signal code that counts', 'exit 143', success({ exitCode: 143 }), { successExitCodes: [0, 143] }],
  [
    'does not find a command',
    'nonesuch-x',
    { ...failed(127, /not found/), error: 'shell/command-not-found', log: / sys / },
  ],
  ['starts what is not executable', '/etc/passwd', failed(126, /exit code 126/)],
  ['reports 128 + KILL', 'exit 137', behind(137, 'SIGKILL', /memory runs out/)],
  ['reports 128 + SEGV', 'exit 139', behind(139, 'SIGSEGV', /a fault of the program/)],
  ['reports 128 + ABRT', 'exit 134', behind(134, 'SIGABRT', /a fault that it found/)],
  ['reports 128 + PIPE', 'exit 141', behind(141, 'SIGPIPE', /already ended/)],
  ['reports 128 + TERM', 'exit 143', behind(143, 'SIGTERM')],
  ['is ended by KILL', 'kill -KILL $$', bySignal('SIGKILL', /memory runs out/)],
  ['is ended by SEGV', 'kill -SEGV $$', bySignal('SIGSEGV', /a fault of the program/)],
  ['is ended by ABRT', 'kill -ABRT $$', bySignal('SIGABRT', /a fault that it found/)],
  ['is ended by TERM', 'kill -TERM $$', bySignal('SIGTERM')],
  ['is ended by HUP', 'kill -HUP $$', bySignal('SIGHUP')],
  ['is ended by INT', 'kill -INT $$', bySignal('SIGINT')],
];

/** What a command does when it is asked to end. None of it changes why it ended. */
const answers: Readonly<Record<string, string>> = {
  'ends at once': 'echo up; sleep 300; :',
  'ends with 0': `trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done`,
  'ends with 7': `trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done`,
  'does not end': `trap '' TERM; echo up; while :; do sleep 0.05; done`,
  'left its session': `setsid sleep 300 & echo up; wait; sleep 300`,
};
/** A limit of processes ends a run as a limit of memory does, with other words (execution-kill.process.test.ts). */
const stops: Readonly<Record<Exclude<CancelReason, 'processes'>, Pick<End, 'status' | 'error' | 'says'>>> = {
  cancelled: { status: 'cancelled', error: 'execution/cancelled', says: /^Cancelled\./ },
  quit: { status: 'cancelled', error: 'execution/quit', says: /NCP Scheduler was quit/ },
  superseded: { status: 'cancelled', error: 'execution/superseded', says: /another member of the fleet/ },
  timeout: { status: 'timeout', error: 'execution/timeout', says: /time limit of 5 min\./ },
  memory: { status: 'failure', error: 'execution/memory-limit', says: /its limit is 1000 MiB/ },
};

const times = { graceMs: 500, reportMs: 1000 };
const startOf = async (
  parameters: Record<string, unknown>,
  more: Partial<ExecutionSpec> & { memoryBytes?: number } = {},
) => (await runnerFixture({ times })).start('shell:run', parameters, more);

function expectEnd(result: RunResult, log: string, end: End): void {
  const { status, exitCode, signal, error } = result;
  const code = error?.code ?? null;
  const { status: wanted, exitCode: wantedCode, signal: wantedSignal = null, error: wantedError = null } = end;
  expect({ status, exitCode, signal, code }).toEqual({
    ...{ status: wanted, exitCode: wantedCode, signal: wantedSignal, code: wantedError },
  });
  if (end.says !== undefined) expect(error?.message).toMatch(end.says);
  if (end.log !== undefined) expect(log).toMatch(end.log);
}

/** All ends in the first form, and half of them in each other form; with TEST_DEEP=1, all in each. */
function ownEndsOf(form: string): (readonly [way: string, index: number])[] {
  const position = Object.keys(forms).indexOf(form);
  const isChosen = (index: number): boolean => position === 0 || index % 2 === position % 2;
  const all = [...ownEnds.entries()].map(([index, [way]]) => [way, index] as const);
  return process.env['TEST_DEEP'] === '1' ? all : all.filter(([, index]) => isChosen(index));
}

describe.each(Object.entries(forms))('shell:run with %s', (form, parameters) => {
  it.each(ownEndsOf(form))('that %s', async (_way, index) => {
    const [, script, end, more] = ownEnds[index] ?? neverEnds;
    const run = await startOf({ ...parameters(script), ...more });
    const result = await run.finished;
    expectEnd(result, run.log(), end);
    expect(processesWith(run.executionId)).toEqual([]);
  });

  it.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const)('whose worker is ended by %s', async (signal) => {
    const run = await startOf(parameters('setsid sleep 300 & echo up; sleep 300'));
    await expect.poll(run.log, { timeout: 20_000 }).toContain(' out up');
    process.kill(run.workerPid() ?? 0, signal);
    const end: End = { status: 'failure', exitCode: null, error: 'worker/crashed', says: new RegExp(signal) };
    expectEnd(await run.finished, run.log(), end);
    expect(processesWith(run.executionId)).toEqual([]);
  });
});

/** Without bash, which ends as sh does here. */
const stoppedForms = Object.entries(forms).filter(([form]) => form !== 'a line for bash');

describe.each(stoppedForms)('shell:run with %s', (_form, parameters) => {
  describe.each(Object.entries(stops))('stopped by %s', (reason, end) => {
    it.each(Object.entries(answers))('that %s', async (_answer, script) => {
      const run = await startOf(parameters(script), { memoryBytes: 1000 * 1024 ** 2 });
      await expect.poll(run.log, { timeout: 20_000 }).toContain(' out up');
      run.cancel(reason as CancelReason);
      const result = await run.finished;
      expect({ status: result.status, code: result.error?.code }).toEqual({ status: end.status, code: end.error });
      expect(result.error?.message).toMatch(end.says ?? /^$/);
      expect(processesWith(run.executionId)).toEqual([]);
    });
  });
});

describe('a run that cannot start', () => {
  it.each<readonly [string, Record<string, unknown>, Partial<ExecutionSpec>, End]>([
    [
      'in a folder that is missing',
      { command: 'true' },
      { workingDirectory: '/nowhere' },
      { status: 'failure', exitCode: null, error: 'execution/no-working-directory', says: /\/nowhere/ },
    ],
    [
      'without a command',
      {},
      {},
      { status: 'failure', exitCode: null, error: 'execution/bad-parameters', says: /command/ },
    ],
    [
      'with a program that is missing',
      { args: ['nonesuch-x'] },
      {},
      { status: 'failure', exitCode: 127, error: 'shell/command-not-found', says: /nonesuch-x/ },
    ],
    [
      'with a program that is a folder',
      { args: ['/etc'] },
      {},
      { status: 'failure', exitCode: 126, error: 'shell/not-executable', says: /not executable/ },
    ],
    [
      'with a shell that is missing',
      { command: 'true', shell: 'bash' },
      { env: { PATH: '/nowhere' } },
      { status: 'failure', exitCode: 127, error: 'shell/command-not-found' },
    ],
  ])('%s', async (_why, parameters, more, end) => {
    const run = await startOf(parameters, more);
    expectEnd(await run.finished, run.log(), end);
    expect(processesWith(run.executionId)).toEqual([]);
  });
});
