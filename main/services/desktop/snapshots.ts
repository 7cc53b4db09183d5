import type { DesktopState } from '../../contract/desktop.ts';
import type { Schedule, ScheduleChange } from '../../contract/schedule-change.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { TimeStyle } from '../../contract/time-style.ts';
import { executionFilterSchema } from '../../contract/execution.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Store } from '../../ports/store.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import { ledgerTrouble } from '../doctor/loss-text.ts';
import { earlierFailures } from './earlier-failures.ts';
import { ScheduleRevisions } from './schedule-revisions.ts';
import type { TaskManager } from '../tasks/task-manager.ts';

export interface SnapshotsNeeds {
  readonly store: Store;
  readonly ledger: ExecutionPages & Pick<Ledger, 'get' | 'loss' | 'replacement' | 'runState'>;
  readonly tasks: Pick<TaskManager, 'list' | 'timings'>;
  readonly app: Omit<Snapshot['app'], 'osScheduler' | 'timeStyle' | 'inFleet'>;
  inFleet(): boolean;
  timeStyle(): TimeStyle;
  osScheduler(): Promise<string>;
  waiting(): Snapshot['waiting'];
}

/** Number of the latest executions in a snapshot. Earlier failures of tasks that have not run since are added. */
export const snapshotExecutions = 200;

/** Builds the complete state that a window gets when it connects, and the changes that it gets afterwards. */
export class Snapshots {
  readonly #needs: SnapshotsNeeds;
  readonly #revisions = new ScheduleRevisions();
  #last: Promise<unknown> = Promise.resolve();

  constructor(needs: SnapshotsNeeds) {
    this.#needs = needs;
  }

  whole(desktop: DesktopState): Promise<Snapshot> {
    return this.#inTurn(async () => {
      const { ledger } = this.#needs;
      const { executions } = ledger.list(executionFilterSchema.parse({ limit: snapshotExecutions }));
      const schedule = await this.#schedule(desktop);
      const ids = schedule.tasks.map(({ id }) => id);
      const earlier = executions.length < snapshotExecutions ? [] : earlierFailures(ledger, ids, executions);
      return { ...schedule, revision: this.#revisions.whole(schedule), executions: [...executions, ...earlier] };
    });
  }

  /** Returns what changed since the last call, except executions. */
  change(desktop: DesktopState): Promise<ScheduleChange> {
    return this.#inTurn(async () => this.#revisions.change(await this.#schedule(desktop)));
  }

  /** Looks once more only after the look before, so that no window gets an older state after a newer one. */
  #inTurn<T>(look: () => Promise<T>): Promise<T> {
    const looked = this.#last.then(look);
    this.#last = looked.catch(() => undefined);
    return looked;
  }

  /** Everything except executions. An unreadable schedule is reported as a state, not thrown. */
  async #schedule(desktop: DesktopState): Promise<Omit<Schedule, 'revision'>> {
    const { store, ledger, tasks, app } = this.#needs;
    const now = { desktop, waiting: this.#needs.waiting(), ledgerTrouble: ledgerTrouble(ledger) };
    const needs = this.#needs;
    const current = {
      osScheduler: await needs.osScheduler(),
      timeStyle: needs.timeStyle(),
      inFleet: needs.inFleet(),
    };
    const common = { app: { ...app, ...current }, ...now };
    try {
      const file = store.read();
      const state = store.state();
      return {
        ...common,
        tasks: tasks.list(),
        timings: await tasks.timings(),
        paused: pausedOf(file),
        store: { state: state.state, message: state.state === 'ok' ? null : state.message, path: store.path },
      };
    } catch (problem) {
      const message = messageOf(problem);
      return {
        ...common,
        tasks: [],
        timings: [],
        paused: null,
        store: { state: 'read-only', message, path: store.path },
      };
    }
  }
}

function pausedOf(file: ScheduleFile): Snapshot['paused'] {
  if (file.paused === undefined) return null;
  const { since, until, note } = file.paused;
  return { since, ...(until === undefined ? {} : { until }), ...(note === undefined ? {} : { note }) };
}
