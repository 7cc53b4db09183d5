import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { postgresFleet } from '../../main/adapters/fleet/postgres-fleet.ts';
import { systemClock } from '../../main/adapters/system/system-clock.ts';
import type { FleetDatabase } from '../../main/ports/fleet/fleet-database.ts';
import { startPostgres, type PostgresServer } from '../../main/testing/postgres-server.ts';
import { ms, ratio, type Table } from '../measure/report.ts';
import { percentile } from '../measure/statistics.ts';
import { nodeModules } from '../paths.ts';

/** A start must not cost more than a send and a fetch of the queue that was considered as a courier. */
const TARGET = 1.3;
/** Claims of one member at once: as many as it has connections. */
const AT_ONCE = 4;
const slot = '2026-01-05T09:00:00.000Z';
const cases = [
  { members: 1, tasks: 1000 },
  { members: 2, tasks: 1000 },
  { members: 4, tasks: 1000 },
  { members: 8, tasks: 1000 },
  { members: 8, tasks: 10_000 },
] as const;

/** What one way took to start every task once. */
interface Starts {
  readonly wallMs: number;
  /** From the slot to each start, in ms. */
  readonly delays: readonly number[];
}

/** Measures the claims of a fleet against pg-boss, which does the same sends and fetches: every member offers every task. */
export async function measureFleet(): Promise<Table> {
  const server = await startPostgres();
  const load = loadavg()[0] ?? 0;
  try {
    const rows: string[][] = [];
    for (const { members, tasks } of cases) {
      const raw = await withBosses(server, members, (bosses) => bossStarts(bosses, tasks));
      const ours = await withMembers(server, members, tasks);
      const times = ({ delays }: Starts) => `${ms(percentile(delays, 0.5))}, ${ms(percentile(delays, 0.99))}`;
      const rate = ({ wallMs }: Starts) => `${Math.round((1000 * tasks) / wallMs)}/s`;
      rows.push([
        ...[String(members), String(tasks), rate(raw), rate(ours)],
        ratio(ours.wallMs, raw.wallMs, members === 8 && tasks === 1000 ? TARGET : undefined),
        ...[times(raw), times(ours), `${ours.rowBytes} bytes`],
      ]);
    }
    return {
      title: 'Starts of a fleet, against pg-boss',
      note: `All tasks are due at once. Every member claims every task, as its own timers do, ${AT_ONCE} at a time; the first one starts it and reports start and end. pg-boss: every member sends a job for every task, with the same id, then fetches and completes jobs one by one. All members are in one process, with their own connections to one PostgreSQL on this machine. p50, p99: from the slot to a start. Per start, the fleet keeps one row of \`ncp.claim\` and one of \`ncp.run\`; bytes with indexes. Load of the machine before: ${load.toFixed(1)}.`,
      columns: ['members', 'tasks', 'raw', 'ours', 'ratio of wall', 'raw p50, p99', 'ours p50, p99', 'kept per start'],
      rows,
    };
  } finally {
    await server.dispose();
  }
}

async function withMembers(server: PostgresServer, count: number, tasks: number) {
  const database = `fleet_${randomUUID().slice(0, 8)}`;
  await server.sql(`create database ${database}`);
  const access = postgresFleet({ clock: systemClock, random: Math.random });
  await access.init(server.url(database));
  const members = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const fleet = await access.open(server.url(database));
      const id = randomUUID();
      const status = { running: 0, limit: null, servers: [], secrets: [], nextRunAt: null, clockOffsetMs: 0 };
      await fleet.members.join({ id, name: `m${index}`, tags: [], publicKey: id, version: '0', status });
      return { fleet, id };
    }),
  );
  try {
    const starts = await fleetStarts(members, tasks);
    const [size] = await server.sql<{ bytes: string }>(
      `select pg_total_relation_size('ncp.claim') + pg_total_relation_size('ncp.run') as bytes`,
      database,
    );
    return { ...starts, rowBytes: Math.round(Number(size?.bytes ?? 0) / tasks) };
  } finally {
    for (const { fleet } of members) await fleet.close();
  }
}

async function fleetStarts(members: readonly { fleet: FleetDatabase; id: string }[], tasks: number): Promise<Starts> {
  const delays: number[] = [];
  const begin = performance.now();
  await Promise.all(
    members.map(({ fleet, id }) =>
      eachOf(shuffled(tasks), AT_ONCE, async (task) => {
        const key = { taskId: `task ${task}`, slot, attempt: 1 };
        const claim = await fleet.claims.claim(key, { id });
        if (!claim.won) return;
        const executionId = randomUUID();
        if (!(await fleet.claims.started(key, claim.fence, executionId))) throw new Error('a claim was not confirmed');
        delays.push(performance.now() - begin);
        await fleet.runs.save(id, [report(executionId, key.taskId, 'running')]);
        await fleet.claims.end(key, claim.fence, { state: 'success', reason: null });
        await fleet.runs.save(id, [report(executionId, key.taskId, 'success')]);
      }),
    ),
  );
  return checked({ wallMs: performance.now() - begin, delays }, tasks);
}

const report = (executionId: string, taskId: string, status: 'running' | 'success') => ({
  ...{ executionId, taskId, taskName: taskId, tool: 'shell:run', trigger: 'schedule' as const, slot, attempt: 1 },
  ...{ startedAt: slot, completedAt: null, duration: null, status, exitCode: null, error: null, logBytes: 0 },
});

/** The calls of pg-boss that a courier of slots would make. */
interface Boss {
  start(): Promise<unknown>;
  createQueue(name: string): Promise<unknown>;
  send(name: string, data: object, options: { id: string }): Promise<unknown>;
  fetch(name: string): Promise<readonly { id: string }[] | null>;
  complete(name: string, id: string): Promise<unknown>;
  stop(options: object): Promise<unknown>;
}

async function withBosses<T>(server: PostgresServer, count: number, use: (bosses: Boss[]) => Promise<T>): Promise<T> {
  const database = `boss_${randomUUID().slice(0, 8)}`;
  await server.sql(`create database ${database}`);
  const make = pgBoss();
  const bosses: Boss[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      const boss = make(server.url(database));
      bosses.push(boss);
      await boss.start();
    }
    await bosses[0]?.createQueue('slots');
    return await use(bosses);
  } finally {
    for (const boss of bosses) await boss.stop({ graceful: false, wait: false });
  }
}

async function bossStarts(bosses: readonly Boss[], tasks: number): Promise<Starts> {
  const delays: number[] = [];
  const begin = performance.now();
  await Promise.all(
    bosses.map(async (boss) => {
      await eachOf(shuffled(tasks), AT_ONCE, (task) => boss.send('slots', { task }, { id: idOf(task) }));
      await eachOf([...Array(AT_ONCE).keys()], AT_ONCE, async () => {
        for (let jobs = await boss.fetch('slots'); jobs?.[0] !== undefined; jobs = await boss.fetch('slots')) {
          delays.push(performance.now() - begin);
          await boss.complete('slots', jobs[0].id);
        }
      });
    }),
  );
  return { wallMs: performance.now() - begin, delays };
}

/** Installs pg-boss beside the project's packages at the first use: the product does not need it. */
function pgBoss(): (connectionString: string) => Boss {
  const folder = join(nodeModules, '.cache/bench-pg-boss');
  const entry = join(folder, 'node_modules/pg-boss/package.json');
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', 'pg-boss@10'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
  const PgBoss = createRequire(pathToFileURL(entry))('pg-boss') as new (options: object) => Boss;
  const options = { max: AT_ONCE, schedule: false, supervise: false, migrate: true };
  return (connectionString) => new PgBoss({ connectionString, ...options });
}

/** The same id for the same slot of a task, as all members would compute it. */
function idOf(task: number): string {
  const hex = createHash('sha256').update(`task ${task} ${slot} 1`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function checked(starts: Starts, tasks: number): Starts {
  if (starts.delays.length === tasks) return starts;
  throw new Error(`${starts.delays.length} starts of ${tasks} tasks`);
}

function shuffled(count: number): number[] {
  const order = [...Array(count).keys()];
  for (let index = count - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1));
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
  return order;
}

async function eachOf<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < items.length) {
        const item = items[next] as T;
        next += 1;
        await act(item);
      }
    }),
  );
}
