import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Application } from '../../application/application.ts';
import { importOptionsSchema } from '../../contract/transfer.ts';
import type { Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { fakeClock } from '../fake-clock.ts';
import { memoryLedger } from '../memory-ledger.ts';
import { ncpFixtureDir } from '../migration-fixture.ts';
import { Faults } from './faults.ts';
import { openFaultyApp, type FaultyApp } from './faulty-app.ts';
import { useFaultyDisk } from './faulty-disk.ts';
import type { Action, Change, Step } from './steps.ts';

/** ncp's `jobs.json`, as far as it matters here. */
interface NcpFile {
  readonly version: string;
  readonly jobs: Readonly<Record<string, unknown>>;
}

const minuteMs = 60_000;
/** Longer work waits for something that never happens. In ms of processor time: a busy machine loads modules slowly. */
const longestWork = 15_000;

/**
 * One process of the product over ports that fail: definitions in real files, a real ledger, workers in memory, and a
 * clock that stands still. What started, and what was saved, is remembered outside.
 */
export class FaultWorld {
  readonly #dir: string;
  readonly #faults = new Faults();
  readonly #clock = fakeClock('2026-11-23T12:00:10.000Z');
  readonly #ledger = memoryLedger();
  readonly #starts = new Map<string, number>();
  readonly #findings: string[] = [];
  #app: FaultyApp | null = null;
  #sessions = 0;
  #ids = 0;
  #isClockRight = true;

  /** @param dir an empty folder */
  constructor(dir: string) {
    this.#dir = dir;
    useFaultyDisk(this.#faults);
  }

  /** What must not happen, and happened. */
  get findings(): readonly string[] {
    return this.#findings;
  }

  get struck(): Faults['struck'] {
    return this.#faults.struck;
  }

  /** Performs the step. The product may refuse it with an error for people, and then nothing may be lost. */
  async perform({ faults, ...action }: Step): Promise<void> {
    const before = this.#tasks();
    this.#faults.arm(faults);
    const saved = await this.#outcome(action);
    this.#faults.disarm();
    if (this.#faults.struck.includes('clock') || action.what === 'jump') this.#isClockRight = false;
    this.#compare(before, saved, JSON.stringify({ ...action, faults }));
    this.#clock.advance(1000);
  }

  /** Runs what is due without faults, and checks that the ledger accounts for everything. */
  async settle(): Promise<void> {
    for (const what of ['restart', 'fire', 'wait', 'fire'] as const) {
      await this.perform(what === 'wait' ? { what, minutes: 20, faults: [] } : { what, faults: [] });
    }
    const { application } = this.#open();
    // Every reader of runs ends those whose process is gone.
    await application.executions();
    const running = this.#ledger.running().map(({ execution }) => execution.executionId);
    if (running.length > 0) this.#findings.push(`still recorded as running: ${running.join(', ')}`);
    if (!this.#isClockRight) return;
    const slots = await application.slots();
    for (const { id, createdAt } of Object.values(this.#tasks())) {
      for (const { slot, state, reason } of slots.why(id, createdAt)) {
        if (state === 'unaccounted' && reason === null) this.#findings.push(`unaccounted: ${id} at ${slot}`);
      }
    }
  }

  async close(): Promise<void> {
    this.#faults.disarm();
    await this.#restart();
    useFaultyDisk(null);
  }

  /** Returns the tasks that the action reports as saved; null if it failed. */
  async #outcome(action: Action): Promise<readonly string[] | null> {
    try {
      return await this.#finished(this.#act(action));
    } catch (problem) {
      if (!(problem instanceof SchedulerError))
        this.#findings.push(
          `not an error for people: ${problem instanceof Error ? (problem.stack ?? '') : String(problem)}`,
        );
      return null;
    }
  }

  async #act(action: Action): Promise<readonly string[]> {
    switch (action.what) {
      case 'wait':
        return (this.#clock.advance(action.minutes * minuteMs), []);
      case 'jump':
        return (this.#clock.set(this.#clock.now() + action.minutes * minuteMs), []);
      case 'restart':
        return (await this.#restart(), []);
      case 'fire':
        return this.#fire();
      default:
        return this.#change(action);
    }
  }

  async #fire(): Promise<readonly string[]> {
    const { application, store } = this.#open();
    const runs = await application.runs();
    for (const id of Object.keys(store.read().timings)) await runs.fire(id);
    return [];
  }

  async #change(action: Change) {
    const { application, store } = this.#open();
    const tasks = await application.tasks();
    const ids = Object.keys(store.read().tasks);
    const chosen = (index: number) => ids.at(-1 - (index % Math.max(1, ids.length)));
    if (action.what === 'create') return [(await tasks.create(this.#draft(action), 'cli')).task.id];
    if (action.what === 'import') return this.#import(application);
    if (action.what === 'migrate') return this.#migrate(application);
    if (action.what === 'undo') {
      const history = await application.history();
      const [last] = history.list({ limit: 1 });
      if (last !== undefined && last.obstacle === null) await history.undo(last.id, 'cli');
      return [];
    }
    const id = chosen(action.task);
    if (id === undefined) return [];
    if (action.what === 'delete') return (await tasks.delete(id, 'cli'), []);
    return (await tasks.update(id, { description: `changed ${(this.#ids += 1)}` }, 'cli'), [id]);
  }

  async #import(application: Application): Promise<readonly string[]> {
    const transfer = await application.transfer();
    const text = `*/20 * * * * echo ${(this.#ids += 1)}\n`;
    const source = await transfer.readContent(Buffer.from(text), 'crontab', 'crontab');
    const report = await transfer.apply(source, importOptionsSchema.parse({ keepActive: true }), 'cli');
    return report.changes.flatMap(({ taskId }) => taskId ?? []);
  }

  async #migrate(application: Application): Promise<readonly string[]> {
    const from = join(this.#dir, `ncp-${(this.#ids += 1)}`);
    mkdirSync(from);
    const { version, jobs } = JSON.parse(readFileSync(join(ncpFixtureDir, 'jobs.json'), 'utf8')) as NcpFile;
    const first = Object.entries(jobs).slice(0, 1);
    writeFileSync(join(from, 'jobs.json'), JSON.stringify({ version, jobs: Object.fromEntries(first) }));
    (await application.migration()).migrate({ from });
    return [];
  }

  #draft({ minutes, command, retries, worker }: Extract<Change, { what: 'create' }>) {
    return {
      name: `Task ${(this.#ids += 1)}`,
      schedule: minutes === 60 ? '0 * * * *' : `*/${minutes} * * * *`,
      timezone: 'UTC',
      tool: 'shell:run',
      parameters: { command },
      policies: { catchUp: 'all', overlap: 'allow-all', retries: { count: retries, delayMs: 20_000 }, worker },
    };
  }

  /** Adds what was lost in silence, and what was reported as saved but is not there. */
  #compare(before: Readonly<Record<string, Task>>, saved: readonly string[] | null, step: string): void {
    const after = this.#tasks();
    for (const id of saved ?? []) if (after[id] === undefined) this.#findings.push(`${id} was not saved: ${step}`);
    const kept = this.#open()
      .store.backups()
      .flatMap(({ file }) => Object.values(file?.tasks ?? {}));
    for (const task of Object.values(before)) {
      const isKnown = (other: unknown) => isDeepStrictEqual(other, task);
      const history = () => this.#ledger.auditTrail(task.id).flatMap(({ before: was, after: is }) => [was, is]);
      if (isKnown(after[task.id]) || kept.some(isKnown) || history().some(isKnown)) continue;
      this.#findings.push(`${task.id} was lost in silence: ${step}`);
    }
  }

  #tasks(): Record<string, Task> {
    const state = this.#open().store.state();
    if (state.state === 'read-only') this.#findings.push(`read-only: ${state.message}`);
    return structuredClone(this.#open().store.read().tasks);
  }

  /** Moves the clock to the next timer whenever the work waits for one. */
  async #finished<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const ended = work.finally(() => (isDone = true));
    ended.catch(() => undefined);
    const since = process.cpuUsage();
    for (let round = 1; !isDone; round += 1) {
      const { user, system } = process.cpuUsage(since);
      if ((user + system) / 1000 > longestWork) throw new Error('the work never ends');
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = this.#clock.pending();
      if (round % 5 === 0 && next !== undefined) this.#clock.advance(Math.max(1, next - this.#clock.now()));
    }
    return ended;
  }

  #open(): FaultyApp {
    this.#app ??= openFaultyApp({
      ...{ dir: this.#dir, clock: this.#clock, ledger: this.#ledger, faults: this.#faults },
      session: `session ${(this.#sessions += 1)}`,
      newId: () => `id-${(this.#ids += 1)}`,
      onRun: (env) => this.#count(env),
    });
    return this.#app;
  }

  async #restart(): Promise<void> {
    const app = this.#app;
    this.#app = null;
    try {
      await app?.application.close();
    } finally {
      app?.dispose();
    }
  }

  #count({
    NCP_TASK_ID: task = '',
    NCP_SLOT: slot,
    NCP_ATTEMPT: attempt = '',
  }: Readonly<Record<string, string>>): void {
    if (slot === undefined) return;
    const key = `${task} ${slot} attempt ${attempt}`;
    const count = (this.#starts.get(key) ?? 0) + 1;
    this.#starts.set(key, count);
    if (count > 1) this.#findings.push(`started ${count} times: ${key}`);
  }
}
