import { eventsOfEntry, osSchedulerKindSchema, type OsSchedulerKind } from '../../contract/os-scheduler-kinds.ts';
import { neutralClock } from '../../contract/time-style.ts';
import type { ScheduleFile, Timing } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { timingId } from '../../domain/naming/timing-id.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  EntryChange,
  OsEntry,
  OsGroup,
  OsScheduler,
  TranslateContext,
  Translation,
} from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import { earlyHours, withEarlyFires } from './early-fires.ts';
import { eventNotes } from './entry-notes.ts';
import { maySignIn } from './sign-in-tasks.ts';
import { entrySchedule, firedSchedule, needsEntryIn } from '../schedule/timing-groups.ts';

export interface ScheduleSyncNeeds {
  readonly store: Store;
  readonly clock: Clock;
  /** Returns the adapter of a kind, loaded on first use: most commands need none or one. */
  readonly schedulers: (kind: OsSchedulerKind) => Promise<OsScheduler>;
  /** Returns the scheduler that fires the groups, chosen by the settings and by what this machine has. */
  choose(): Promise<OsScheduler>;
  /** What entries call on this machine. `fromMs` is set per call. */
  readonly context: () => Omit<TranslateContext, 'fromMs'>;
  /** Returns how long before a slot the sign-in of its tasks is checked, in ms; 0 for never. @default never */
  readonly signInCheckMs?: () => number;
}

/** Makes the entries of the OS scheduler match the groups of the schedule. */
export class ScheduleSync {
  readonly #needs: ScheduleSyncNeeds;
  readonly #listeners = new Set<() => void>();

  constructor(needs: ScheduleSyncNeeds) {
    this.#needs = needs;
  }

  /** Calls `listener` after entries changed, or were found changed. Returns the function that stops it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Notifies every listener that entries may have changed. */
  announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async kind(): Promise<OsSchedulerKind> {
    return (await this.#needs.choose()).kind;
  }

  /** Returns the entries installed by the chosen scheduler. Missing entries are not listed. */
  async entries(): Promise<OsEntry[]> {
    const scheduler = await this.#needs.choose();
    return scheduler.list(this.wanted(scheduler.kind), this.#context());
  }

  /** Returns the groups that an OS scheduler of this kind must fire, in the form an adapter needs. */
  wanted(kind: OsSchedulerKind): OsGroup[] {
    const file = this.#needs.store.read();
    const hours = this.#earlyHours;
    return Object.values(file.timings)
      .filter((timing) => needsEntryIn(kind, file, timing))
      .map((timing) => osGroup(file, timing, kind, hours));
  }

  /** Returns ncp's entries in every OS scheduler of this machine: all of them fire, whichever scheduler is chosen. */
  async legacyEntries(): Promise<OsEntry[]> {
    const schedulers = await this.#all();
    return (await Promise.all(schedulers.map((scheduler) => this.#legacyOf(scheduler)))).flat();
  }

  /** Removes ncp's entries, each from its scheduler. Failures are returned, not thrown. */
  async removeLegacy(entries: readonly OsEntry[]): Promise<EntryChange[]> {
    const changes: EntryChange[] = [];
    for (const kind of new Set(entries.map((entry) => entry.kind))) {
      const ids = entries.filter((entry) => entry.kind === kind).map(({ timingId }) => timingId);
      const scheduler = await this.#needs.schedulers(kind);
      changes.push(...(await scheduler.removeLegacy(ids, this.#context())));
    }
    return this.#told(changes);
  }

  async #legacyOf(scheduler: OsScheduler): Promise<OsEntry[]> {
    // A crontab can be read even while no daemon runs; the other schedulers answer only where they work.
    if (scheduler.kind !== 'cron' && !(await scheduler.capabilities()).available) return [];
    try {
      const entries = await scheduler.list([], this.#context());
      return entries.filter(({ state }) => state === 'legacy');
    } catch (problem) {
      if (problem instanceof SchedulerError && problem.code.startsWith('os/')) return [];
      throw problem;
    }
  }

  /**
   * Installs or removes the entries of these groups only, so that they match the schedule.
   * @throws SchedulerError `os/refused` with every failure, after all were tried.
   */
  async ensure(timingIds: readonly string[]): Promise<EntryChange[]> {
    const scheduler = await this.#needs.choose();
    const wanted = this.wanted(scheduler.kind).filter((group) => timingIds.includes(group.timingId));
    const unwanted = timingIds.filter((id) => !wanted.some((group) => group.timingId === id));
    const changes = [
      ...(wanted.length > 0 ? await scheduler.apply(wanted, this.#context()) : []),
      ...(unwanted.length > 0 ? await scheduler.remove(unwanted, this.#context()) : []),
    ];
    this.#told(changes);
    refuseFailures(scheduler.kind, changes);
    return changes;
  }

  /** Makes all entries match: installs missing and changed ones, removes ours that no group needs any more. */
  async sync(options: { dryRun?: boolean } = {}): Promise<EntryChange[]> {
    const scheduler = await this.#needs.choose();
    const wanted = this.wanted(scheduler.kind);
    const installed = await scheduler.list(wanted, this.#context());
    const stale = oursBesides(installed, wanted);
    if (options.dryRun === true) return plannedChanges(wanted, installed, stale);
    const changes = wanted.length > 0 ? await scheduler.apply(wanted, this.#context()) : [];
    const removed = stale.length > 0 ? await scheduler.remove(stale, this.#context()) : [];
    return this.#told([...changes, ...removed, ...(await this.#leaveOtherSchedulers(scheduler))]);
  }

  /** Removes every entry of this data directory from every scheduler of this machine. */
  async removeAll(): Promise<EntryChange[]> {
    return this.#told(await this.#leaveOtherSchedulers(null));
  }

  /**
   * Returns what a scheduler of any kind would install, on any machine.
   * @param options `signsIn`: as for a group with a task that may sign in. @default false
   */
  async preview(
    kind: OsSchedulerKind,
    spec: ScheduleSpec,
    options: { timingId?: string; fromMs?: number; signsIn?: boolean } = {},
  ): Promise<Translation> {
    if (spec.kind === 'on-demand')
      throw new SchedulerError('os/no-entry', 'A task that runs only on demand has no entry in the OS scheduler.');
    const unknown = eventNotes(kind, spec.kind === 'event' ? spec.events : []);
    const due = withEventsOf(kind, spec);
    const known = options.signsIn === true ? withEarlyFires(due, this.#earlyHours) : due;
    if (known.kind === 'event' && known.events.length === 0) return { artifacts: [], covers: 'exact', notes: unknown };
    const machineTimezone = this.#needs.context().machineTimezone;
    const id = options.timingId ?? timingId(spec, { machineTimezone, taken: new Map() });
    const description = sentence(spec, neutralClock);
    const group: OsGroup = { timingId: id, key: scheduleKey(known), description, schedule: known };
    const scheduler = await this.#needs.schedulers(kind);
    const translation = scheduler.translate(group, this.#context(options.fromMs));
    const covers = known === due ? translation.covers : 'superset';
    return { ...translation, covers, notes: [...translation.notes, ...unknown] };
  }

  get #earlyHours(): number {
    return earlyHours(this.#needs.signInCheckMs?.() ?? 0);
  }

  #told(changes: EntryChange[]): EntryChange[] {
    if (changes.some(({ change }) => change !== 'unchanged')) this.announce();
    return changes;
  }

  #all(): Promise<OsScheduler[]> {
    return Promise.all(osSchedulerKindSchema.options.map((kind) => this.#needs.schedulers(kind)));
  }

  async #leaveOtherSchedulers(keep: OsScheduler | null): Promise<EntryChange[]> {
    const changes: EntryChange[] = [];
    for (const scheduler of await this.#all()) {
      if (scheduler === keep) continue;
      const ours = await this.#oursIn(scheduler);
      if (ours.length > 0) changes.push(...(await scheduler.remove(ours, this.#context())));
    }
    return changes;
  }

  /** Lines of a crontab can also be removed while no cron daemon runs. */
  async #oursIn(scheduler: OsScheduler): Promise<string[]> {
    const { available } = await scheduler.capabilities();
    if (!available && scheduler.kind !== 'cron') return [];
    try {
      return oursBesides(await scheduler.list([], this.#context()), []);
    } catch (error) {
      // There is no crontab to read.
      if (!available && error instanceof SchedulerError && error.code.startsWith('os/')) return [];
      throw error;
    }
  }

  #context(fromMs = this.#needs.clock.now()): TranslateContext {
    return { ...this.#needs.context(), fromMs };
  }
}

/** @param hours how long before a slot the entry also fires if a task of the group may sign in */
function osGroup(file: ScheduleFile, timing: Timing, kind: OsSchedulerKind, hours: number): OsGroup {
  const due = entrySchedule(specOf(firedSchedule(file, timing)), file, timing);
  const signsIn = timing.taskIds.some((id) => file.tasks[id] !== undefined && maySignIn(file.tasks[id]));
  const schedule = withEventsOf(kind, signsIn ? withEarlyFires(due, hours) : due);
  return { timingId: timing.id, key: scheduleKey(schedule), description: `${timing.name} (NCP Scheduler)`, schedule };
}

/** Returns a schedule with only the events that entries of this kind fire. */
function withEventsOf(kind: OsSchedulerKind, spec: ScheduleSpec): ScheduleSpec {
  return spec.kind === 'event' ? { ...spec, events: eventsOfEntry(kind, spec.events) } : spec;
}

function oursBesides(entries: readonly OsEntry[], wanted: readonly OsGroup[]): string[] {
  return entries
    .filter((entry) => entry.state === 'installed' || entry.state === 'drifted')
    .map((entry) => entry.timingId)
    .filter((id) => !wanted.some((group) => group.timingId === id));
}

function plannedChanges(
  wanted: readonly OsGroup[],
  installed: readonly OsEntry[],
  stale: readonly string[],
): EntryChange[] {
  const planned = wanted.map((group): EntryChange => {
    const entry = installed.find((candidate) => candidate.timingId === group.timingId);
    const change = entry === undefined ? 'installed' : entry.state === 'drifted' ? 'updated' : 'unchanged';
    return { timingId: group.timingId, change, path: entry?.path ?? '' };
  });
  const removals = stale.map((id): EntryChange => {
    const path = installed.find((entry) => entry.timingId === id)?.path ?? '';
    return { timingId: id, change: 'removed', path };
  });
  return [...planned, ...removals];
}

function refuseFailures(kind: OsSchedulerKind, changes: readonly EntryChange[]): void {
  const failures = changes.filter((change) => change.change === 'failed');
  if (failures.length === 0) return;
  const reasons = failures.map((failure) => `${failure.timingId}: ${failure.error?.message ?? 'no reason given'}`);
  throw new SchedulerError('os/refused', `The OS scheduler (${kind}) refused: ${reasons.join('; ')}`, {
    kind,
    failures,
  });
}
