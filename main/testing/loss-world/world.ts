import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openLedger } from '../../adapters/storage/ledger/sqlite-ledger.ts';
import { openScheduleStore } from '../../adapters/storage/schedule/schedule-file.ts';
import { openSettings } from '../../adapters/storage/settings-file.ts';
import type { Application } from '../../application/application.ts';
import { createApplication } from '../../application/create-application.ts';
import type { Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { ProcessHost } from '../../ports/process-host.ts';
import type { Store } from '../../ports/store.ts';
import { fakeClock } from '../fake-clock.ts';
import { memoryOutsideAt } from '../memory-outside.ts';
import { memoryWorkers } from '../memory-workers.ts';
import { LossFiles } from './files.ts';
import type { AppNumber, Change, Operation } from './operations.ts';

interface App {
  readonly application: Application;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly dispose: () => void;
}

const minuteMs = 60_000;

/**
 * A real data directory that two processes of the product have open, with a clock that stands still. What started, and
 * which definitions were saved, is remembered outside of the directory.
 */
export class LossWorld {
  readonly #dir: string;
  readonly #files: LossFiles;
  readonly #clock = fakeClock('2026-11-23T12:00:10.000Z');
  readonly #starts = new Map<string, number>();
  readonly #apps = new Map<AppNumber, App>();
  /** The definitions that a person last saved or saw, by id. */
  #saved: Record<string, Task> = {};
  #ids = 0;

  /** @param parent an empty folder */
  constructor(parent: string) {
    this.#dir = join(parent, 'data');
    mkdirSync(this.#dir);
    this.#files = new LossFiles(this.#dir);
  }

  /** Performs the operation. The product may refuse it, but only with an error for people. */
  async perform(operation: Operation): Promise<void> {
    try {
      await this.#perform(operation);
    } catch (problem) {
      if (!(problem instanceof SchedulerError)) throw problem;
    }
    this.#clock.advance(1000);
  }

  /** Returns the slots, as "task slot", that started more than once. */
  startedTwice(): string[] {
    return [...this.#starts].flatMap(([slot, count]) => (count > 1 ? [slot] : []));
  }

  /**
   * Returns the names of saved tasks that are not as they were saved, although nothing says so: no problem or warning of
   * `doctor`, no backup and no history has them. What is reported counts as seen.
   */
  async lostInSilence(): Promise<string[]> {
    const app = this.#anyApp();
    if (app === null) return [];
    const checks = await (await app.application.doctor()).diagnose();
    const isReported = checks.some(({ id, status }) => id.startsWith('store/') && status !== 'ok');
    const file = shown(app.store);
    if (file === null) return isReported ? [] : ['an unreadable file that no check reports'];
    const lost = Object.values(this.#saved).filter((task) => !isDeepStrictEqual(file[task.id], task));
    if (!app.store.state().state.startsWith('read-only')) this.#saved = structuredClone(file);
    if (isReported) return [];
    const kept = app.store.backups().flatMap((backup) => Object.values(backup.file?.tasks ?? {}));
    return lost
      .filter((task) => !kept.some((each) => isDeepStrictEqual(each, task)) && !hasHistory(app.ledger, task))
      .map(({ name }) => name);
  }

  async close(): Promise<void> {
    for (const app of [...this.#apps.keys()]) await this.#close(app);
    this.#files.remove();
  }

  async #perform(operation: Operation): Promise<void> {
    switch (operation.what) {
      case 'wait':
        return this.#clock.advance(operation.minutes * minuteMs);
      case 'keep':
        return this.#files.keep();
      case 'lose':
        return this.#offline(operation.isRunning, (isOpen) =>
          this.#files.lose(operation.file, operation.how, { ...operation, isOpen }),
        );
      case 'restore':
        return this.#offline(operation.isRunning, (isOpen) =>
          this.#files.restore(operation.file, operation.copy, { ...operation, isOpen }),
        );
      case 'restore all':
        return this.#offline(false, (isOpen) =>
          this.#files.restore(null, operation.copy, { ...operation, isOpen, withHelpers: true }),
        );
      case 'reopen':
        return this.#close(operation.app);
      case 'fire':
        return this.#fire(this.#app(operation.app));
      default:
        await this.#change(operation);
    }
  }

  async #change(operation: Change): Promise<void> {
    const { application, store } = this.#app(operation.app);
    const tasks = await application.tasks();
    const ids = Object.keys(store.read().tasks);
    if (operation.what === 'create') {
      await tasks.create(this.#draft(operation.minutes, operation.jitter), 'cli');
    } else if (operation.what === 'resume') {
      for (const id of ids) await tasks.resume(id, 'cli');
    } else {
      const id = ids.at(-1 - (operation.task % Math.max(1, ids.length)));
      if (id === undefined) return;
      if (operation.what === 'pause') await tasks.pause(id, { note: 'away' }, 'cli');
      else if (operation.what === 'delete') await tasks.delete(id, 'cli');
      else await tasks.update(id, { description: `changed ${(this.#ids += 1)}` }, 'cli');
    }
    this.#saved = structuredClone(store.read().tasks);
  }

  #draft(minutes: number, jitter: boolean) {
    return {
      name: `Task ${(this.#ids += 1)}`,
      schedule: minutes === 60 ? '0 * * * *' : `*/${minutes} * * * *`,
      timezone: 'UTC',
      tool: 'shell:run',
      parameters: { command: 'true' },
      policies: { catchUp: 'all', overlap: 'allow-all', ...(jitter ? { jitterMs: 30_000 } : {}) },
    };
  }

  async #fire({ application, store }: App): Promise<void> {
    const runs = await application.runs();
    for (const id of Object.keys(store.read().timings)) await this.#finished(runs.fire(id));
  }

  /** Moves the clock while the work waits for it, as it does for jitter. */
  async #finished(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const ended = work.finally(() => (isDone = true));
    ended.catch(() => undefined);
    for (let round = 0; !isDone; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (round % 5 === 4 && this.#clock.pending().length > 0) this.#clock.advance(1000);
    }
    await ended;
  }

  /** Runs `change` with both processes closed, or under them if `isRunning`. */
  async #offline(isRunning: boolean, change: (isOpen: boolean) => void): Promise<void> {
    if (!isRunning) for (const app of [...this.#apps.keys()]) await this.#close(app);
    change(this.#apps.size > 0);
  }

  #anyApp(): App | null {
    try {
      return this.#app(0);
    } catch (problem) {
      if (problem instanceof SchedulerError) return null;
      throw problem;
    }
  }

  #app(number: AppNumber): App {
    const known = this.#apps.get(number);
    if (known !== undefined) return known;
    const app = this.#open();
    this.#apps.set(number, app);
    return app;
  }

  #open(): App {
    const now = () => this.#clock.now();
    const ledger = openLedger(join(this.#dir, 'ledger.db'), { now });
    const lock = <T>(action: () => T): T => ledger.withWriteLock(action);
    const store = openScheduleStore({ dir: this.#dir, ledger, now });
    const settings = openSettings({ path: join(this.#dir, 'config.json'), profilePath: join(this.#dir, 'none'), lock });
    const memory = memoryOutsideAt(this.#clock);
    const newId = () => `id-${(this.#ids += 1)}`;
    const workers = () => Promise.resolve(this.#counting(memoryWorkers()));
    const application = createApplication({ ...memory, ledger, store, settings, newId, workers });
    return { application, ledger, store, dispose: () => memory.dispose() };
  }

  async #close(number: AppNumber): Promise<void> {
    const app = this.#apps.get(number);
    this.#apps.delete(number);
    await app?.application.close();
    app?.dispose();
  }

  #counting(host: ProcessHost): ProcessHost {
    return {
      ...host,
      start: (...options) => {
        const worker = host.start(...options);
        const send = worker.send.bind(worker);
        worker.send = (message) => {
          if (message.type === 'run') this.#count(message.spec.env);
          send(message);
        };
        return worker;
      },
    };
  }

  #count({ NCP_TASK_ID: task = '', NCP_SLOT: slot }: Readonly<Record<string, string>>): void {
    if (slot === undefined) return;
    const key = `${task} ${slot}`;
    this.#starts.set(key, (this.#starts.get(key) ?? 0) + 1);
  }
}

function shown(store: Store): Record<string, Task> | null {
  try {
    return store.read().tasks;
  } catch (problem) {
    if (problem instanceof SchedulerError) return null;
    throw problem;
  }
}

function hasHistory(ledger: Ledger, task: Task): boolean {
  return ledger
    .auditTrail(task.id)
    .some(({ before, after }) => isDeepStrictEqual(before, task) || isDeepStrictEqual(after, task));
}
