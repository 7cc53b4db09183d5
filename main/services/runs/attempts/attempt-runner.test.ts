import { describe, expect, it } from 'vitest';
import { policyDefaults } from '../../../contract/policy-defaults.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { resolvePolicies } from '../../../domain/policy/resolved-policies.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import { attemptRig } from '../../../testing/attempt-rig.ts';
import { anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { memoryTraces } from '../../../testing/memory-traces.ts';
import { aTask } from '../../../testing/schedule-samples.ts';

/** Returns a ledger whose methods throw, each as often as `failing` says. */
function brokenLedger(failing: Partial<Record<'finish' | 'get' | 'attachWorker', number>>): Ledger {
  const left = { ...failing };
  return new Proxy(memoryLedger(), {
    get: (ledger, name) => {
      const method: unknown = Reflect.get(ledger, name, ledger);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown => {
        const times = left[name as keyof typeof left] ?? 0;
        if (times === 0) return Reflect.apply(method, ledger, args);
        left[name as keyof typeof left] = times - 1;
        throw new Error('database or disk is full');
      };
    },
  });
}

describe('an outcome that the ledger cannot store', () => {
  it('is an execution with the status of the run and an error of the store, and in the log', async () => {
    const { start, said, attempts } = attemptRig(brokenLedger({ finish: 1 }));
    const { finished } = await start();
    const execution = await finished;
    expect(execution).toMatchObject({ executionId: 'e1', status: 'success', exitCode: 0, duration: 0 });
    expect(execution.error?.code).toBe('store/unwritten');
    expect(execution.error?.message).toContain('database or disk is full');
    expect(said).toEqual(['Could not write the outcome of an execution']);
    await attempts.idle();
    expect(attempts.runningCount).toBe(0);
  });

  it('keeps the error of the run itself', async () => {
    const { start } = attemptRig(brokenLedger({ finish: 1 }));
    const execution = await (await start('false')).finished;
    expect(execution).toMatchObject({ status: 'failure', exitCode: 1 });
    expect(execution.error?.message).toContain('The command ended with exit code 1.');
  });

  it('is written as soon as the ledger can store it', async () => {
    const ledger = brokenLedger({ finish: 2 });
    const { attempts, start } = attemptRig(ledger);
    await (
      await start('false')
    ).finished;
    attempts.writeOutstanding();
    expect(ledger.running()).toHaveLength(1);
    attempts.writeOutstanding();
    expect(ledger.running()).toEqual([]);
    expect(ledger.get('e1')).toMatchObject({ status: 'failure', exitCode: 1, error: { code: 'shell/exit-code' } });
  });

  it('is written before the next one', async () => {
    const ledger = brokenLedger({ finish: 1 });
    const { start } = attemptRig(ledger);
    await (
      await start()
    ).finished;
    expect((await (await start()).finished).error).toBeNull();
    expect(ledger.running()).toEqual([]);
  });
});

describe('an outcome that cannot be read back', () => {
  it('is kept, and the run says why it cannot be shown', async () => {
    const ledger = brokenLedger({ get: 1 });
    const { start, said } = attemptRig(ledger);
    const execution = await (await start()).finished;
    expect(execution).toMatchObject({ status: 'success', error: { code: 'store/unreadable' } });
    expect(said).toEqual(['Could not read an execution that ended']);
    expect(ledger.get('e1')).toMatchObject({ status: 'success', error: null });
  });
});

describe('a run that cannot be described', () => {
  it('fails with the reason and does not stay running', async () => {
    const mcpServer = (): null => {
      throw new Error('config.json is not JSON');
    };
    const ledger = memoryLedger();
    const { start } = attemptRig(ledger, { mcpServer });
    const execution = await (await start('true', 'files:list')).finished;
    expect(execution).toMatchObject({ status: 'failure', error: { message: 'config.json is not JSON' } });
    expect(ledger.running()).toEqual([]);
  });
});

describe('the variables of an MCP server', () => {
  const server = { url: 'https://x.test/mcp', headers: { Authorization: 'Bearer ${GITHUB_TOKEN}' } };

  it('reach the worker with their values, also where a variable holds a secret', async () => {
    const { start, specs } = attemptRig(memoryLedger(), {
      mcpServer: () => server,
      variables: () => Promise.resolve({ GITHUB_TOKEN: '${secret:GITHUB}' }),
    });
    await (
      await start('true', 'My GitHub:list')
    ).finished;
    expect(specs[0]?.mcpServer).toEqual({ ...server, headers: { Authorization: 'Bearer value of GITHUB' } });
  });

  it('fail the run with their name if they are not set', async () => {
    const { start, specs } = attemptRig(memoryLedger(), { mcpServer: () => server });
    const execution = await (await start('true', 'github:list')).finished;
    expect(execution).toMatchObject({ status: 'failure', error: { code: 'mcp/variable-not-set' } });
    expect(execution.error?.message).toContain('GITHUB_TOKEN is not set');
    expect(specs).toEqual([]);
  });

  it('are not asked for by a server that is turned off', async () => {
    const { start } = attemptRig(memoryLedger(), { mcpServer: () => ({ ...server, disabled: true }) });
    expect(await (await start('true', 'github:list')).finished).toMatchObject({ error: { code: 'mcp/disabled' } });
  });
});

describe('secrets', () => {
  it('reach the worker and not the ledger', async () => {
    const ledger = memoryLedger();
    const { start, specs } = attemptRig(ledger);
    const execution = await (await start('deploy --token "${secret:TOKEN}"')).finished;
    expect(execution.parameters).toEqual({ command: 'deploy --token "${secret:TOKEN}"' });
    expect(specs[0]?.env).toMatchObject({ NCP_SECRET_TOKEN: 'value of TOKEN' });
    expect(specs[0]?.masked).toContain('value of TOKEN');
  });

  it('that cannot be read stop the run before it starts', async () => {
    const missing = () => {
      throw new SchedulerError('secret/not-found', 'There is no secret "TOKEN".');
    };
    const { start, specs } = attemptRig(memoryLedger(), { secret: missing });
    const execution = await (await start('echo ${secret:TOKEN}')).finished;
    expect(execution).toMatchObject({ status: 'failure', error: { code: 'secret/not-found' } });
    expect(specs).toEqual([]);
  });
});

describe('a follow-up', () => {
  const { owner: _owner, ...earlier } = anExecution({ executionId: 'before', taskId: 'first', taskName: 'First' });
  const failed = { code: 'http/status', message: 'answered\n503 ${secret:TOKEN}' };
  const after = {
    ...earlier,
    ...anOutcome({ status: 'failure', error: failed, result: { id: '${secret:TOKEN}', n: 7 } }),
    duration: 1,
  };
  const policies = resolvePolicies(undefined, undefined, policyDefaults);

  async function run(task: Parameters<typeof aTask>[0]) {
    const ledger = memoryLedger();
    const { attempts, specs } = attemptRig(ledger);
    const policy = { after: [{ taskId: 'first', on: 'failure' as const }] };
    const attempt = { trigger: 'chain', slot: null, attempt: 1, policies, after } as const;
    const started = await attempts.start({ ...attempt, task: aTask({ policies: policy, ...task }) });
    return { execution: await started?.finished, spec: specs[0] };
  }

  it('gets the run before in variables and a file, in which no secret is resolved', async () => {
    const { execution, spec } = await run({ env: { NCP_AFTER_STATUS: 'own' } });
    expect(spec?.env).toMatchObject({
      NCP_AFTER_TASK: 'First',
      NCP_AFTER_STATUS: 'failure',
      NCP_AFTER_ERROR: 'answered\\n503 ${secret:TOKEN}',
      NCP_AFTER_RESULT_FILE: spec?.resultFile?.path,
    });
    expect(spec?.resultFile).toEqual({
      path: `${spec?.logPath}.after.json`,
      content: '{"id":"${secret:TOKEN}","n":7}',
    });
    expect(execution?.cause).toEqual({ executionId: 'before', taskId: 'first', taskName: 'First' });
  });

  it('takes values of the run before as data', async () => {
    const parameters = { url: 'https://x.example/${secret:PATH}', body: { $from: '/result' } };
    const { execution, spec } = await run({ tool: 'http:request', parameters });
    expect(spec?.parameters).toEqual({
      url: 'https://x.example/value of PATH',
      body: { id: '${secret:TOKEN}', n: 7 },
    });
    expect(execution?.parameters).toEqual(parameters);
  });

  it('fails before it starts if there is no such value, or no run before', async () => {
    const task = { tool: 'http:request', parameters: { url: { $from: '/result/url' } } };
    const { execution, spec } = await run(task);
    expect(execution).toMatchObject({ status: 'failure', error: { code: 'execution/no-value-before' } });
    expect(spec).toBeUndefined();
    const { attempts } = attemptRig(memoryLedger());
    const policy = { after: [{ taskId: 'first', on: 'end' as const }] };
    const attempt = { trigger: 'manual', slot: null, attempt: 1, policies } as const;
    const started = await attempts.start({ ...attempt, task: aTask({ ...task, policies: policy }) });
    expect(await started?.finished).toMatchObject({ error: { code: 'execution/no-run-before' } });
  });

  it('is the only one whose parameters take values', async () => {
    const { attempts, specs } = attemptRig(memoryLedger());
    const task = aTask({ tool: 'http:request', parameters: { body: { $from: '/result' } } });
    await (
      await attempts.start({ task, policies, trigger: 'manual', slot: null, attempt: 1 })
    )?.finished;
    expect(specs[0]?.parameters).toEqual({ body: { $from: '/result' } });
  });
});

describe('the setup of a run', () => {
  it('is recorded with it, with unresolved references to secrets', async () => {
    const ledger = memoryLedger();
    const { attempts } = attemptRig(ledger, { variables: () => Promise.resolve({ HOME: '/home/person', LANG: 'C' }) });
    const task = aTask({
      env: { TOKEN: '${secret:TOKEN}' },
      policies: { timeoutMs: 90_000, memoryMb: 64, maxProcesses: 8, nice: 3 },
    });
    const policies = resolvePolicies(task.policies, undefined, policyDefaults);
    const started = await attempts.start({ task, policies, trigger: 'manual', slot: null, attempt: 1 });
    await started?.finished;
    expect(ledger.setup('e1')).toEqual({
      workingDirectory: '/home/person',
      env: { TOKEN: '${secret:TOKEN}' },
      inheritedVariables: 2,
      timeoutMs: 90_000,
      memoryBytes: 64 * 1024 * 1024,
      processes: 8,
      outputLimitBytes: policyDefaults.outputLimitBytes,
      nice: 3,
    });
  });
});

describe('a run whose program was not found', () => {
  it('has the environment captured again before it counts as finished', async () => {
    const asked: string[] = [];
    const { start } = attemptRig(memoryLedger(), { programMissing: () => Promise.resolve(void asked.push('renewed')) });
    expect(await (await start('exit 1')).finished).toMatchObject({ exitCode: 1 });
    expect(asked).toEqual([]);
    expect(await (await start('exit 127')).finished).toMatchObject({ exitCode: 127 });
    expect(asked).toEqual(['renewed']);
  });

  it('does not hold up a process that ends', async () => {
    const { start, attempts } = attemptRig(memoryLedger(), { programMissing: () => new Promise(() => undefined) });
    const { finished } = await start('exit 127');
    await expect.poll(() => attempts.runningCount).toBe(1);
    attempts.stop('quit');
    expect(await finished).toMatchObject({ exitCode: 127 });
    await attempts.idle();
  });
});

it('gives a traced run the place in the trace at which its own spans belong', async () => {
  const traces = memoryTraces();
  const { start, specs } = attemptRig(memoryLedger(), {}, traces);
  await (
    await start()
  ).finished;
  expect(specs[0]?.env['TRACEPARENT']).toContain(traces.spans[0]?.spanId);
});

describe('a run that is cancelled while its access token is renewed', () => {
  function renewing() {
    const renewal = { succeed: () => undefined as void, fail: () => undefined as void };
    const rig = attemptRig(memoryLedger(), {
      mcpServer: () => ({ url: 'https://mcp.example/' }),
      accessToken: () =>
        new Promise((resolve, reject) => {
          renewal.succeed = () => resolve(null);
          renewal.fail = () => reject(new Error('no network'));
        }),
    });
    return { ...rig, renewal };
  }

  it('ends at once, and starts no worker', async () => {
    const { attempts, start, specs } = renewing();
    const { executionId, finished } = await start('sleep', 'remote:wait');
    expect(attempts.cancel(executionId, 'superseded')).toBe(true);
    expect(attempts.cancel(executionId, 'cancelled')).toBe(true);
    expect(await finished).toMatchObject({ status: 'cancelled', error: { code: 'execution/superseded' } });
    expect(specs).toEqual([]);
    expect(attempts.cancel(executionId, 'cancelled')).toBe(false);
  });

  it.each([
    ['fails just before', 'fail', true],
    ['fails just after', 'fail', false],
    ['succeeds just before', 'succeed', true],
    ['succeeds just after', 'succeed', false],
  ] as const)('is cancelled also if the renewal %s', async (_when, ending, isBefore) => {
    const { attempts, start, specs, renewal } = renewing();
    const { executionId, finished } = await start('sleep', 'remote:wait');
    if (isBefore) renewal[ending]();
    attempts.cancel(executionId, 'cancelled');
    if (!isBefore) renewal[ending]();
    expect(await finished).toMatchObject({ status: 'cancelled', error: { code: 'execution/cancelled' } });
    expect(specs).toEqual([]);
  });

  it('ends when this process does', async () => {
    const { attempts, start, specs } = renewing();
    const { finished } = await start('sleep', 'remote:wait');
    attempts.stop('quit');
    expect(await finished).toMatchObject({ status: 'cancelled', error: { code: 'execution/quit' } });
    expect(specs).toEqual([]);
  });
});
