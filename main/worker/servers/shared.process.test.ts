import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostile, serverEntry } from '../../testing/mcp-run.ts';
import { processesWith } from '../../testing/proc-facts.ts';
import { runsOf } from '../../testing/property-runs.ts';
import { runnerFixture } from '../../testing/runner-fixture.ts';
import type { McpServer } from '../../contract/settings.ts';
import type { RunnerFixture } from '../../testing/runner-fixture.ts';

const mixedFaults = resolve(import.meta.dirname, '../../../e2e/fixtures/mcp-servers/mixed-faults.mjs');
const faults = ['none', 'none', 'none', 'error', 'protocol', 'hang', 'exit'] as const;
/** How a call with a fault ends, unless another one ends the server first. */
const endOf = {
  none: ['success', undefined],
  error: ['failure', 'mcp/tool-failed'],
  protocol: ['failure', 'mcp/tool-failed'],
  hang: ['cancelled', 'execution/cancelled'],
  exit: ['failure', 'mcp/exited'],
};

const kept = { forMs: 60_000, place: '' };
const everything: McpServer = { command: process.execPath, args: [serverEntry('server-everything'), 'stdio'] };
const shell = (script: string): McpServer => ({ command: 'sh', args: ['-c', script] });

interface Case {
  readonly name: string;
  readonly server: McpServer;
  readonly tool?: string;
  readonly parameters?: Record<string, unknown>;
  readonly timeoutMs?: number;
  /** Cancels the run once its log has this. */
  readonly cancelAt?: string;
  /** The server complains of its broken pipe, sometimes while the log is open: the logs are not compared. */
  readonly endsInTheMiddle?: boolean;
}

/** One case for each way in which a call can end. */
const cases: readonly Case[] = [
  { name: 'an answer', server: everything, tool: 'echo', parameters: { message: 'hi' } },
  {
    name: 'progress',
    server: everything,
    tool: 'trigger-long-running-operation',
    parameters: { duration: 1, steps: 2 },
  },
  { name: 'an unknown tool', server: everything, tool: 'nope' },
  { name: 'invalid parameters', server: everything, tool: 'echo', parameters: { message: 5 } },
  { name: 'isError', server: hostile('is-error') },
  { name: 'an error of the protocol', server: hostile('rpc-error') },
  { name: 'an answer that is not MCP', server: hostile('no-result') },
  { name: 'a big result', server: hostile('structure', 1_000_000) },
  { name: 'a message that is too large', server: hostile('huge'), endsInTheMiddle: true },
  { name: 'requests of the server', server: hostile('asks') },
  { name: 'a refused first message', server: hostile('refuses') },
  { name: 'an unknown version of the protocol', server: hostile('other-version') },
  { name: 'a server that exits in the call', server: hostile('exits', 7) },
  { name: 'a server that is killed in the call', server: hostile('killed') },
  { name: 'a server that exits at once', server: shell('echo "no token given" >&2; exit 4') },
  { name: 'a missing command', server: { command: 'nonesuch-server', args: ['--x'] } },
  { name: 'a missing folder', server: { command: 'cat', cwd: '/nowhere' } },
  { name: 'a call that hangs', server: hostile('hangs'), cancelAt: 'up' },
  { name: 'a server that never answers', server: shell('sleep 600'), timeoutMs: 1500 },
  { name: 'a server that leaves a helper', server: hostile('left-session'), cancelAt: 'up' },
];

/** Returns what a run says of itself, without what differs between any two runs. */
async function runOf(fixture: RunnerFixture, given: Case, own: boolean) {
  const { server, tool = 't', parameters = {}, timeoutMs, cancelAt, endsInTheMiddle = false } = given;
  const more = { mcpServer: server, ...(timeoutMs === undefined ? {} : { timeoutMs }), ...(own ? {} : { kept }) };
  const started = fixture.start(`s:${tool}`, parameters, more);
  if (cancelAt !== undefined) {
    await expect.poll(started.log, { timeout: 30_000 }).toContain(cancelAt);
    started.cancel('cancelled');
  }
  const { status, error, result } = await started.finished;
  const lines = endsInTheMiddle ? [] : started.log().split('\n');
  const log = lines.map((line) => line.slice(line.indexOf(' ') + 1)).filter((line) => !isOfOne(line));
  return JSON.parse(JSON.stringify({ status, error, result, log }).replaceAll(started.executionId, 'ID')) as object;
}

/** True for lines that only one kind of run has: a run that shares a server does not wait for the end of the server. */
const isOfOne = (line: string): boolean =>
  /Starts the server, which is kept|The main process ended and left/.test(line);

describe('a server that is kept', () => {
  it.each(cases)('gives a run the same end and the same log as a server of its own: $name', async (given) => {
    const fixture = await runnerFixture({ times: { graceMs: 1000 } });
    const [own, shared] = await Promise.all([runOf(fixture, given, true), runOf(fixture, given, false)]);
    expect(shared).toEqual(own);
    await endsWithout(fixture);
  });
});

/** Ends the kept servers and checks that nothing of them is left. */
async function endsWithout({ servers }: RunnerFixture): Promise<void> {
  const ids = servers.list().map(({ id }) => id);
  await servers.close();
  expect(servers.list()).toEqual([]);
  expect(ids.flatMap((id) => processesWith(id))).toEqual([]);
}

const faulty: McpServer = { command: process.execPath, args: [mixedFaults] };

describe('runs that share a server', () => {
  it('use one process, which serves them one after the other and at once', async () => {
    const fixture = await runnerFixture();
    const call = (word: string) =>
      fixture.start('s:t', { word, fault: 'none', delayMs: 0 }, { mcpServer: faulty, kept }).finished;
    await call('first');
    const pid = fixture.servers.list()[0]?.pid;
    await Promise.all(['second', 'third'].map(call));
    expect(fixture.servers.list().map((server) => [server.pid, server.served, server.inFlight])).toEqual([[pid, 3, 0]]);
    await endsWithout(fixture);
  });

  it('each get their own answer and nobody else’s, with random faults among them', async () => {
    const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    process.stdout.write(`faults of a shared server: TEST_SEED=${seed}\n`);
    const random = fc.sample(fc.tuple(fc.constantFrom(...faults), fc.nat(150)), {
      seed,
      numRuns: runsOf(10) > 10 ? 50 : 10,
    });
    const fixture = await runnerFixture({ times: { graceMs: 1000 } });
    const calls = random.map(async ([fault, delayMs], index) => {
      const word = `word-${index}-`;
      const started = fixture.start('s:t', { word, fault, delayMs }, { mcpServer: faulty, kept });
      if (fault === 'hang') {
        // Its own stderr shows that the call has begun; a server that another call ended never writes it.
        const over = started.finished.then(() => 'over');
        const begun = expect.poll(started.log, { timeout: 30_000 }).toContain(`stderr of ${word}`);
        await Promise.race([begun, over]);
        started.cancel('cancelled');
      }
      const result = await started.finished;
      const said = JSON.stringify([result.result, result.error]).replace(/The end of its stderr.*/, '');
      return { fault, word, log: started.log(), result, said };
    });
    for (const { fault, word, log, result, said } of await Promise.all(calls)) {
      expect(said.match(/word-\d+-/g) ?? []).toSatisfy((words: string[]) => words.every((other) => other === word));
      expect(log.match(/progress of (word-\d+-)/)?.[1] ?? word).toBe(word);
      const died = result.error?.code === 'mcp/exited';
      if (died) expect(random.some(([other]) => other === 'exit')).toBe(true);
      else expect([result.status, result.error?.code]).toEqual(endOf[fault]);
    }
    await endsWithout(fixture);
  });

  it('fail together when it dies, each with the end of its stderr, and the next run starts it again', async () => {
    const fixture = await runnerFixture();
    const start = (word: string, fault: string, delayMs: number) =>
      fixture.start('s:t', { word, fault, delayMs }, { mcpServer: faulty, kept });
    const waiting = start('waiting', 'none', 3_600_000);
    await expect.poll(() => fixture.servers.list()[0]?.inFlight, { timeout: 30_000 }).toBe(1);
    const dying = start('dying', 'exit', 0);
    for (const result of await Promise.all([waiting.finished, dying.finished])) {
      expect(result.error?.code).toBe('mcp/exited');
      expect(result.error?.message).toMatch(/ended with exit code 3 .*The end of its stderr: stderr of dying/);
    }
    expect(await start('after', 'none', 0).finished).toMatchObject({ status: 'success' });
    await endsWithout(fixture);
  });

  it('hide the secrets of each other', async () => {
    const fixture = await runnerFixture();
    const start = (word: string, delayMs: number, masked: string[]) =>
      fixture.start('s:t', { word, fault: 'none', delayMs }, { mcpServer: faulty, kept, masked });
    const waiting = start('other', 2500, []);
    await expect.poll(() => fixture.servers.list()[0]?.inFlight, { timeout: 30_000 }).toBe(1);
    await start('top-secret', 0, ['top-secret']).finished;
    await waiting.finished;
    expect(waiting.log()).toContain('err stderr of');
    expect(waiting.log()).not.toContain('top-secret');
    await endsWithout(fixture);
  });
});
