import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { pretendHost } from '../../testing/pretend-host.ts';
import { WorkerPool } from '../runs/workers/worker-pool.ts';
import { KeptServers } from './kept-servers.ts';
import type { ExecutionSpec, ToWorker } from '../../contract/worker.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';

const spec: ExecutionSpec = {
  executionId: 'e1',
  taskName: 'A task',
  tool: 'files:list',
  parameters: {},
  workingDirectory: '/home/kim',
  env: { PATH: '/bin' },
  logPath: '/nowhere/e1.log',
  outputLimitBytes: 1000,
  timeoutMs: 60_000,
  mcpServer: { command: 'files-server', args: ['--all'] },
  kept: { forMs: 600_000, place: '{}' },
};

const died = { kind: 'ended', code: 7, signal: null, lastWords: 'bang', problem: null } as const;

/** The servers, with workers and runs that the test plays. */
function world() {
  const clock = fakeClock();
  const host = pretendHost();
  const signals: string[] = [];
  const tree: ProcessTree = {
    containment: 'search',
    ended: () => undefined,
    identify: () => null,
    isAlive: () => false,
    leads: () => undefined,
    descendants: () => [],
    contains: () => false,
    usage: async (_root, id) => ({ memoryBytes: 5, cpuMs: 1, processes: id === 'none' ? 0 : 1 }),
    signal: (_root, id, signal) => {
      signals.push(`${signal} ${id}`);
      return [];
    },
  };
  let count = 0;
  const servers = new KeptServers({ pool: new WorkerPool(host), tree, clock, newId: () => `server-${(count += 1)}` });
  /** Connects a run and lets it join. Returns what its worker was sent. */
  const joins = (change: Partial<ExecutionSpec> = {}, nice = 0) => {
    const sent: ToWorker[] = [];
    const connection = servers.connect({ ...spec, ...change }, nice, (message) => void sent.push(message));
    connection?.receive({ kind: 'join' });
    const events = () => sent.flatMap((message) => (message.type === 'session' ? [message.event] : []));
    return { sent, events, connection };
  };
  const says = (index: number, state: 'started' | 'retired') =>
    host.workers[index]?.says({ type: 'server', state, pid: 77, reason: state === 'retired' ? 'is stuck' : null });
  const dies = (index: number) => host.workers[index]?.says({ type: 'session', executionId: null, event: { ...died } });
  return { clock, host, servers, joins, says, dies, signals };
}

const kinds = (messages: readonly ToWorker[] | undefined) => (messages ?? []).map(({ type }) => type);

describe('servers that are kept', () => {
  it('are not used for a server that is not to be kept', () => {
    const { servers } = world();
    const { kept: _kept, ...own } = spec;
    expect(servers.connect(own, 0, () => undefined)).toBeNull();
  });

  it('get the environment of the person, the task and the configuration, without variables about one run', () => {
    const { host, joins } = world();
    const env = {
      PATH: '/bin',
      NCP_EXECUTION_ID: 'e1',
      NCP_SLOT: 'x',
      NCP_AFTER_STATUS: 'y',
      TRACEPARENT: 'z',
      A: '1',
    };
    joins({ env, mcpServer: { command: 'files-server', env: { B: '2' }, cwd: '/srv' } });
    const program = { sessionId: 'server-1', command: 'files-server', args: [], cwd: '/srv' };
    expect(host.last.sent[0]).toEqual({ type: 'keep', program: { ...program, env: { PATH: '/bin', A: '1', B: '2' } } });
  });

  it.each([
    ['environment', { env: { PATH: '/usr/bin' } }, 0],
    ['folder', { workingDirectory: '/tmp' }, 0],
    ['arguments', { mcpServer: { command: 'files-server', args: [] } }, 0],
    ['priority', {}, 5],
  ])('are shared by runs that want the same, and not with another %s', (_what, change, nice) => {
    const { host, joins } = world();
    joins();
    joins({ executionId: 'e2' });
    expect(host.workers).toHaveLength(1);
    joins({ executionId: 'e3', ...change }, nice);
    expect(host.workers).toHaveLength(2);
  });

  it('live on for their time after the last run, then end', () => {
    const { clock, host, servers, joins, says } = world();
    const run = joins();
    says(0, 'started');
    run.connection?.close();
    expect(servers.list()[0]?.endsAtMs).toBe(clock.now() + 600_000);
    clock.advance(599_999);
    const again = joins({ executionId: 'e2' });
    expect(again.events()[0]).toMatchObject({
      kind: 'note',
      text: 'Uses the kept server: started 9 min 59 s ago, used by 1 run before.',
    });
    clock.advance(3_600_000);
    again.connection?.close();
    clock.advance(600_000);
    expect(kinds(host.last.sent).at(-1)).toBe('end');
    host.last.exits();
    expect(servers.list()).toEqual([]);
  });

  it('retire when the configuration changes: the old one ends once its runs have ended', () => {
    const { host, joins } = world();
    const old = joins();
    joins({ executionId: 'e2', mcpServer: { command: 'files-server', args: ['--new'] } });
    expect(kinds(host.workers[0]?.sent)).not.toContain('end');
    old.connection?.close();
    expect(kinds(host.workers[0]?.sent)).toContain('end');
    expect(kinds(host.workers[1]?.sent)).not.toContain('end');
  });

  it('do not retire for a task with other variables or another folder', () => {
    const { host, joins } = world();
    joins().connection?.close();
    joins({ executionId: 'e2', workingDirectory: '/tmp' });
    joins({ executionId: 'e3', env: { X: '1' }, kept: { forMs: 600_000, place: '{"X":"1"}' } });
    expect(host.workers.map(({ sent }) => kinds(sent).includes('end'))).toEqual([false, false, false]);
  });

  it('fail their runs when they die, and are started again after a wait that doubles', () => {
    const { clock, host, joins, dies, servers } = world();
    for (const wait of [0, 0, 1000, 2000, 4000]) {
      const count = host.workers.length;
      const run = joins();
      clock.advance(wait - 1);
      if (wait > 0) expect(host.workers).toHaveLength(count);
      clock.advance(1);
      expect(host.workers).toHaveLength(count + 1);
      dies(count);
      expect(run.events().at(-1)).toEqual(died);
      host.workers[count]?.exits();
    }
    expect(servers.list()).toEqual([]);
  });

  it('forget early deaths after a minute of life', () => {
    const { clock, host, joins, dies } = world();
    for (const count of [0, 1]) {
      joins();
      dies(count);
      host.workers[count]?.exits();
    }
    joins();
    clock.advance(62_000);
    dies(2);
    host.workers[2]?.exits();
    joins();
    expect(host.workers).toHaveLength(4);
  });

  it('take no further runs once they are stuck, and serve the present ones to their end', () => {
    const { host, joins, says } = world();
    const first = joins();
    says(0, 'retired');
    joins({ executionId: 'e2' });
    expect(host.workers).toHaveLength(2);
    expect(kinds(host.workers[0]?.sent)).not.toContain('end');
    first.connection?.close();
    expect(kinds(host.workers[0]?.sent)).toContain('end');
  });

  it('fail their runs with the reason if the worker that keeps them crashes', () => {
    const { host, joins, signals } = world();
    const run = joins();
    host.last.exits({ code: 0, failure: 'V8 ran out of memory' });
    const message = 'The process that kept the MCP server "files" ended: V8 ran out of memory.';
    expect(run.events().at(-1)).toMatchObject({ kind: 'ended', problem: { code: 'worker/crashed', message } });
    expect(signals).toContain('SIGKILL server-1');
  });

  it.each(['at once', 'after a wait'])(
    'fail their runs with the reason if no worker can be started %s',
    async (when) => {
      const { clock, host, joins, dies, servers } = world();
      for (const count of when === 'at once' ? [] : [0, 1]) {
        joins();
        dies(count);
        host.workers[count]?.exits();
      }
      host.start = () => {
        throw new Error('spawn ENOMEM');
      };
      const run = joins();
      clock.advance(60_000);
      await Promise.resolve();
      const message = 'The process that kept the MCP server "files" ended: it could not be started: spawn ENOMEM.';
      expect(run.events().at(-1)).toMatchObject({ kind: 'ended', problem: { code: 'worker/crashed', message } });
      expect(servers.list()).toEqual([]);
    },
  );

  it('are killed if they do not end in time', () => {
    const { clock, host, joins, servers, signals } = world();
    joins().connection?.close();
    void servers.close();
    expect(host.last.killed).toBe(false);
    clock.advance(8000);
    expect(host.last.killed).toBe(true);
    expect(signals[0]).toBe('SIGKILL server-1');
    expect(servers.list()).toEqual([]);
  });

  it('end before their start, if their only run gives up while they wait', () => {
    const { host, joins, dies, servers } = world();
    for (const count of [0, 1]) {
      joins();
      dies(count);
      host.workers[count]?.exits();
    }
    joins().connection?.close();
    expect(host.workers).toHaveLength(2);
    expect(servers.list()).toEqual([]);
  });

  it('end when a person wants it, and the runs in flight say so', async () => {
    const { host, joins, servers, dies } = world();
    const run = joins();
    const ended = servers.end('files');
    expect(kinds(host.last.sent).at(-1)).toBe('end');
    dies(0);
    const message = 'The MCP server "files" was ended by a person during the call.';
    expect(run.events().at(-1)).toEqual({ ...died, problem: { code: 'mcp/ended', message } });
    host.last.exits();
    await ended;
    const again = expect.objectContaining({
      code: 'mcp/not-kept',
      message: 'The MCP server "files" is not kept (no server is kept now), so there is nothing to end.',
    }) as Error;
    await expect(servers.end('files')).rejects.toEqual(again);
  });

  it('show what they cost and when they end', async () => {
    const { clock, joins, says, servers } = world();
    const run = joins();
    says(0, 'started');
    const facts = { server: 'files', pid: 77, startedAt: clock.nowIso(), runs: 1, memoryBytes: 5, isRetired: false };
    expect(await servers.facts()).toEqual([{ ...facts, inFlight: 1, endsAt: null }]);
    run.connection?.close();
    const endsAt = new Date(clock.now() + 600_000).toISOString();
    expect(await servers.facts()).toEqual([{ ...facts, inFlight: 0, endsAt }]);
  });

  it('mask in each log what any of their runs hides', () => {
    const { joins } = world();
    const first = joins({ masked: ['one'] });
    const second = joins({ executionId: 'e2', masked: ['two'] });
    const masks = ({ sent }: typeof first) => sent.filter(({ type }) => type === 'mask');
    expect(masks(first)).toEqual([
      { type: 'mask', texts: ['one'] },
      { type: 'mask', texts: ['two'] },
    ]);
    expect(masks(second)).toEqual([{ type: 'mask', texts: ['one', 'two'] }]);
  });
});
