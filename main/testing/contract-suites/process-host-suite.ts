import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionSpec, FromWorker, ToWorker, WorkerDone } from '../../contract/worker.ts';
import type { ProcessHost, WorkerExit, WorkerOptions, WorkerProcess } from '../../ports/process-host.ts';

const everythingServer = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/package.json')),
  'dist/index.js',
);

/** A worker with everything it reported. */
interface Heard {
  readonly worker: WorkerProcess;
  readonly messages: FromWorker[];
  readonly problems: string[];
  readonly exit: Promise<WorkerExit>;
  readonly message: <T extends FromWorker['type']>(type: T) => Promise<Extract<FromWorker, { type: T }>>;
}

/**
 * Checks what every `ProcessHost` must do with the real worker, whatever kind of process it creates.
 * @param open opens a host for the built worker, or for the source text of a script that misbehaves.
 */
export function processHostContract(open: {
  host: () => Promise<ProcessHost>;
  hostOf: (source: string) => Promise<ProcessHost>;
}): void {
  let folder: string;
  let started: WorkerProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ncp-process-host-'));
    started = [];
  });
  afterEach(() => {
    for (const worker of started) worker.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (options: Partial<WorkerOptions> = {}, host?: ProcessHost): Promise<Heard> => {
    const heard = listen((host ?? (await open.host())).start({ name: 'e1', ...options }));
    started.push(heard.worker);
    return heard;
  };
  const spec = (change: Partial<ExecutionSpec> = {}): ExecutionSpec => ({
    executionId: 'e1',
    taskName: 'A task',
    tool: 'shell:run',
    parameters: { command: 'echo hello' },
    workingDirectory: folder,
    env: { PATH: process.env['PATH'] ?? '' },
    logPath: join(folder, 'logs/e1.log'),
    outputLimitBytes: 100_000,
    timeoutMs: 60_000,
    mcpServer: null,
    ...change,
  });
  const run = async (change: Partial<ExecutionSpec>): Promise<WorkerDone> => {
    const { worker, message, exit } = await start();
    worker.send({ type: 'run', spec: spec(change) });
    const done = await message('done');
    worker.send({ type: 'acknowledge', executionId: 'e1' });
    expect(await exit).toEqual({ code: 0, signal: null, failure: null });
    return done;
  };

  describe('a run', () => {
    it('is reported from ready to done, and the worker exits with 0 once that is acknowledged', async () => {
      const { worker, messages, message, exit } = await start();
      worker.send({ type: 'run', spec: spec() });
      const done = await message('done');
      expect(done).toMatchObject({ outcome: 'success', exitCode: 0, error: null });
      expect(messages.map(({ type }) => type)).toEqual(['ready', 'started', 'log', 'done']);
      expect(readFileSync(join(folder, 'logs/e1.log'), 'utf8')).toMatch(/^\S+Z out hello\n$/);
      expect(done.logBytes).toBe(readFileSync(join(folder, 'logs/e1.log')).length);
      worker.send({ type: 'acknowledge', executionId: 'e1' });
      expect(await exit).toEqual({ code: 0, signal: null, failure: null });
    });

    it('of an MCP tool works the same after the worker has prepared for it', async () => {
      const { worker, messages, message } = await start();
      worker.send({ type: 'prepare', tool: 'everything:echo' });
      // Not `process.execPath`: a fuse keeps the packaged Electron from running as Node.
      const mcpServer = { command: 'node', args: [everythingServer] };
      const parameters = { message: 'hello' };
      worker.send({ type: 'run', spec: spec({ tool: 'everything:echo', parameters, mcpServer }) });
      expect(await message('done')).toMatchObject({ outcome: 'success', error: null });
      expect(readFileSync(join(folder, 'logs/e1.log'), 'utf8')).toContain(' out Echo: hello\n');
      expect(messages.filter(({ type }) => type === 'started')).toHaveLength(1);
    });

    it('knows the pid that the worker itself reports', async () => {
      const { worker, message } = await start();
      expect((await message('ready')).pid).toBe(worker.pid);
    });

    it('distinguishes a failure from a fault', async () => {
      const done = await run({ parameters: { command: 'exit 3' } });
      expect(done).toMatchObject({ outcome: 'failure', exitCode: 3, error: { code: 'shell/exit-code' } });
    });

    it('gives the task its own environment without the app’s variables', async () => {
      await run({ parameters: { command: 'env' }, env: { PATH: process.env['PATH'] ?? '', GREETING: 'hi' } });
      const log = readFileSync(join(folder, 'logs/e1.log'), 'utf8');
      expect(log).toMatch(/ out GREETING=hi\n/);
      expect(log).not.toMatch(/ out (NODE_|ELECTRON_|VITEST)/);
    });

    it('stops at a cancel message and reports that', async () => {
      const { worker, message } = await start();
      worker.send({ type: 'run', spec: spec({ parameters: { command: 'echo up; sleep 600' } }) });
      await message('log');
      worker.send({ type: 'cancel', executionId: 'e1', reason: 'cancelled' });
      expect(await message('done')).toMatchObject({ outcome: 'cancelled', signal: 'SIGTERM' });
    });

    it('transmits large messages completely', async () => {
      const text = 'äöü€'.repeat(200_000);
      await run({ parameters: { command: 'wc -m', stdin: text }, env: { ...spec().env, LC_ALL: 'C.UTF-8' } });
      expect(readFileSync(join(folder, 'logs/e1.log'), 'utf8')).toContain(` out ${text.length}\n`);
    });
  });

  describe('an invalid message', () => {
    it('to the worker fails its run with a clear error, and the worker exits', async () => {
      const { worker, exit, message } = await start();
      worker.send({ type: 'run', spec: spec({ parameters: { command: 'sleep 600' } }) });
      await message('started');
      worker.send({ type: 'dance' } as unknown as ToWorker);
      const done = await message('done');
      expect(done.error).toMatchObject({ code: 'worker/fault' });
      expect(done.error?.message).toContain('received an invalid message');
      worker.send({ type: 'acknowledge', executionId: 'e1' });
      await exit;
    });

    it('from the worker is reported as a problem, and not passed on', async () => {
      const host = await open.hostOf(
        `const port = process.parentPort; const send = (m) => port ? port.postMessage(m) : process.send(m);
         send({ type: 'done', outcome: 'fine' }); setTimeout(() => {}, 60000);`,
      );
      const { messages, problems } = await start({}, host);
      await expect.poll(() => problems.length, { timeout: 20_000 }).toBe(1);
      expect(problems[0]).toContain('does not fit its schema');
      expect(messages).toEqual([]);
    });
  });

  describe('the end of a worker', () => {
    it('by kill is an exit without a report', async () => {
      const { worker, message, messages, exit } = await start();
      worker.send({ type: 'run', spec: spec({ parameters: { command: 'sleep 5' } }) });
      await message('started');
      worker.kill();
      await exit;
      expect(messages.some(({ type }) => type === 'done')).toBe(false);
    });

    it('by kill works right after its start', async () => {
      const { worker, exit } = await start();
      worker.kill();
      await exit;
    });

    it('by kill works even if the worker is suspended', async () => {
      const { worker, message, exit } = await start();
      await message('ready');
      process.kill(worker.pid ?? 0, 'SIGSTOP');
      worker.kill();
      await exit;
    });

    it('by a native abort is reported with its reason', async () => {
      const { exit } = await start({}, await open.hostOf('process.abort();'));
      const { code, signal } = await exit;
      expect({ code, signal }).not.toEqual({ code: 0, signal: null });
    });

    it('by running out of memory is reported with that reason', async () => {
      const host = await open.hostOf('const all = []; for (;;) all.push(new Array(10000).fill(all.length));');
      const { exit } = await start({ maxHeapMb: 32 }, host);
      const { code, signal, failure } = await exit;
      expect({ code, signal }).not.toEqual({ code: 0, signal: null });
      expect(failure).toMatch(/memory|V8/);
    });

    it('by an uncaught error is reported with that error', async () => {
      const { exit } = await start({}, await open.hostOf("throw new TypeError('the reason');"));
      const { code, failure } = await exit;
      expect(code).not.toBe(0);
      expect(failure).toContain('the reason');
    });

    it('by a missing file is reported', async () => {
      const host = await open.hostOf("import './is-not-there.js';");
      const { exit } = await start({}, host);
      expect((await exit).code).not.toBe(0);
    });

    it('ignores messages sent afterwards', async () => {
      const { worker, exit } = await start();
      worker.kill();
      await exit;
      worker.send({ type: 'cancel', executionId: 'e1', reason: 'quit' });
    });
  });

  it('does not affect other workers', async () => {
    const host = await open.host();
    const [first, second] = [await start({ name: 'a' }, host), await start({ name: 'b' }, host)];
    await Promise.all([first.message('ready'), second.message('ready')]);
    first.worker.kill();
    await first.exit;
    second.worker.send({ type: 'run', spec: spec() });
    expect(await second.message('done')).toMatchObject({ outcome: 'success' });
    expect(existsSync(join(folder, 'logs/e1.log'))).toBe(true);
  });
}

function listen(worker: WorkerProcess): Heard {
  const messages: FromWorker[] = [];
  const problems: string[] = [];
  const waiting = new Set<() => void>();
  worker.onMessage((message) => {
    messages.push(message);
    for (const check of waiting) check();
  });
  worker.onProtocolError((problem) => problems.push(problem));
  const exit = new Promise<WorkerExit>((resolve) => worker.onExit(resolve));
  const message = <T extends FromWorker['type']>(type: T) =>
    new Promise<Extract<FromWorker, { type: T }>>((resolve) => {
      const check = () => {
        const found = messages.find((one): one is Extract<FromWorker, { type: T }> => one.type === type);
        if (found) resolve(found);
      };
      waiting.add(check);
      check();
    });
  return { worker, messages, problems, exit, message };
}
