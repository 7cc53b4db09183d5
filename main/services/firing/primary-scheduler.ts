import type { ScheduleFile, Task, Timing } from '../../contract/task.ts';
import { dayMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FiredGroups } from '../../ports/fired-groups.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import { isAllPaused, isPauseOfAllOver } from '../schedule/all-paused.ts';
import type { TaskManager } from '../tasks/task-manager.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';
import { EventFiring, type EventFiringNeeds } from './event-firing.ts';
import type { TimingExecutor } from './timing-executor.ts';
import { firedSchedule, movesSlots, needsEntry } from '../schedule/timing-groups.ts';
import type { Recovery } from '../runs/recovery.ts';
import type { WarmWorkers } from './warm-workers.ts';

/**
 * Longest wait. Timers do not count the time a machine sleeps, and 32-bit timers overflow after 24.8 days. Short waits
 * that check the wall clock each time avoid both (croner does the same).
 */
const longestSleepMs = 30_000;

/**
 * Number of groups that a sweep fires before it pauses, so that this process can do other work. A thousand groups take
 * three seconds; up to twenty are fired at once.
 */
const firedTogether = 20;
const restMs = 50;

export interface PrimarySchedulerNeeds extends EventFiringNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly executor: Pick<TimingExecutor, 'fireTiming'>;
  readonly tasks: TaskManager;
  readonly facts: TimingFacts;
  /** Returns the slots of a task with its calendars, as the planner does. */
  slotsOf(task: Task, afterMs: number, untilMs: number, limit: number): number[];
  readonly workers: WarmWorkers;
  /** Ends runs of other processes that are gone. */
  readonly recovery: Pick<Recovery, 'run'>;
  /** Tells what began to need attention, and what is over. */
  readonly checkAttention: () => void;
  readonly firedGroups: FiredGroups;
  readonly logger: Logger;
}

/**
 * Fires the groups from inside the running app or `serve`, in addition to the OS scheduler. The ledger makes firing
 * twice harmless, so runs are on time if either of them works.
 */
export class PrimaryScheduler {
  readonly #needs: PrimarySchedulerNeeds;
  readonly #events: EventFiring;
  /** Next slot of each group, in epoch ms. */
  #next = new Map<string, number>();
  /** Groups that could not be fired, as while the disk is full. Each tick fires them again: their next slot may be a year away. */
  readonly #unfired = new Set<string>();
  #cancelTimer: (() => void) | null = null;
  #stopWatching: (() => void) | null = null;
  #lastTickMs = 0;
  #cancelSweep: (() => void) | null = null;

  constructor(needs: PrimarySchedulerNeeds) {
    this.#needs = needs;
    this.#events = new EventFiring(needs, { file: () => this.#file(), fire: (timingId) => this.#fire(timingId) });
  }

  /** Settles the slots that passed while the app was not running, then fires each group at its slots until `stop`. */
  start(): void {
    this.#stopWatching = this.#needs.store.watch(() => this.#arm());
    this.#needs.firedGroups
      .open()
      .catch((problem: unknown) => this.#report('tell the OS entries what was fired', problem));
    this.sweep();
    this.#events
      .start()
      .catch((problem: unknown) => this.#report('note the start of the machine and the login', problem));
  }

  /** The machine woke, or the screen was unlocked: fires the groups of this event. */
  happened(event: 'wake' | 'unlock'): void {
    this.#attempt(`note the event ${event}`, () => this.#events.happened(event));
  }

  /** Fires every group once, which settles its past slots. Called at start, after sleep and after clock changes. */
  sweep(): void {
    const file = this.#file();
    if (file === null) return this.#arm();
    this.#needs.workers.fired(this.#needs.clock.now());
    const wanted = Object.values(file.timings).filter((timing) => needsEntry(file, timing));
    this.#cancelSweep?.();
    this.#fireInTurns(wanted.map(({ id }) => id));
    this.#arm();
  }

  stop(): void {
    this.#cancelSweep?.();
    this.#stopWatching?.();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#attempt('tell the OS entries that this process ends', () => this.#needs.firedGroups.close());
    this.#needs.workers.close();
  }

  #arm(): void {
    this.#cancelTimer?.();
    const nowMs = this.#needs.clock.now();
    const file = this.#file();
    if (file !== null) this.#next = this.#nextSlots(file, nowMs);
    const soonest = Math.min(...this.#next.values(), this.#warmUp(file, nowMs), nowMs + longestSleepMs);
    this.#lastTickMs = nowMs;
    this.#cancelTimer = this.#needs.clock.setTimer(() => this.#tick(), Math.max(0, soonest - nowMs));
  }

  /** Starts workers for the next slots and returns when to call again. An unreadable schedule starts none. */
  #warmUp(file: ScheduleFile | null, nowMs: number): number {
    const next = file === null || isAllPaused(file, nowMs) ? [] : [...this.#next];
    const groups = next.map(([timingId, slotMs]) => {
      const taskIds = file?.timings[timingId]?.taskIds ?? [];
      const tasks = taskIds.map((id) => file?.tasks[id]).filter((task) => task?.status === 'active');
      return { slotMs, tasks: tasks.filter((task) => task !== undefined) };
    });
    return this.#needs.workers.adjust(nowMs, groups);
  }

  #tick(): void {
    const nowMs = this.#needs.clock.now();
    const clockMoved = nowMs < this.#lastTickMs || nowMs - this.#lastTickMs > 2 * longestSleepMs;
    this.#attempt('look for runs whose process is gone', () => this.#needs.recovery.run());
    this.#liftPauses(nowMs);
    this.#attempt('check which tasks need attention', () => this.#needs.checkAttention());
    this.#attempt('look whether the machine slept', () => this.#events.look());
    if (clockMoved) return this.sweep();
    const due = [...this.#next].flatMap(([timingId, slotMs]) => (slotMs <= nowMs ? timingId : []));
    if (due.length > 0) this.#needs.workers.fired(nowMs);
    for (const timingId of new Set([...due, ...this.#stillUnfired()])) this.#fire(timingId);
    this.#arm();
  }

  /** A part that fails must not keep the others, and the next tick, from happening. */
  #attempt(what: string, action: () => unknown): void {
    try {
      action();
    } catch (problem) {
      this.#report(what, problem);
    }
  }

  #nextSlots(file: ScheduleFile, nowMs: number): Map<string, number> {
    const next = new Map<string, number>();
    const clock = this.#needs.facts.clock();
    for (const timing of Object.values(file.timings)) {
      if (!needsEntry(file, timing)) continue;
      const [slot] = this.#needs.facts.of(firedSchedule(file, timing), nowMs, clock).nextRuns;
      const soonest = Math.min(slot === undefined ? Infinity : Date.parse(slot), this.#nextMoved(file, timing, nowMs));
      if (soonest < Infinity) next.set(timing.id, soonest);
    }
    return next;
  }

  /** Returns the next slot that calendars moved to another day, within a day: the timers are set again before that. */
  #nextMoved(file: ScheduleFile, { taskIds }: Timing, nowMs: number): number {
    const moving = taskIds.flatMap((id) => file.tasks[id] ?? []).filter(movesSlots);
    const slots = moving.flatMap((task) => this.#needs.slotsOf(task, nowMs, nowMs + dayMs, 1));
    return Math.min(Infinity, ...slots);
  }

  /** Resumes tasks whose pause has ended, so that the OS entry of their group is installed in time. */
  #liftPauses(nowMs: number): void {
    const file = this.#file();
    if (file === null) return;
    if (isPauseOfAllOver(file, nowMs)) this.#needs.tasks.resumeAll('scheduler');
    for (const task of Object.values(file.tasks)) {
      if (task.status !== 'paused' || task.pausedUntil === undefined || Date.parse(task.pausedUntil) > nowMs) continue;
      this.#needs.tasks.resume(task.id, 'scheduler').catch((problem: unknown) => this.#report('lift a pause', problem));
    }
  }

  /** Fires the groups in batches: a thousand at once would block this process, and with it the window. */
  #fireInTurns(timingIds: readonly string[]): void {
    for (const timingId of timingIds.slice(0, firedTogether)) this.#fire(timingId);
    const rest = timingIds.slice(firedTogether);
    this.#cancelSweep = rest.length === 0 ? null : this.#needs.clock.setTimer(() => this.#fireInTurns(rest), restMs);
  }

  #fire(timingId: string): void {
    const { clock, executor, firedGroups } = this.#needs;
    const atMs = clock.now();
    const note = () => this.#attempt(`note that ${timingId} was fired`, () => firedGroups.note(timingId, atMs));
    executor.fireTiming(timingId, { onSettled: note }).then(
      () => this.#unfired.delete(timingId),
      (problem: unknown) => {
        // Each tick may fail for the same reason, which is worth one line.
        if (!this.#unfired.has(timingId)) this.#report(`fire ${timingId}`, problem);
        this.#unfired.add(timingId);
      },
    );
  }

  /** Returns the groups that could not be fired and still exist. */
  #stillUnfired(): readonly string[] {
    const file = this.#unfired.size === 0 ? null : this.#file();
    if (file === null) return [];
    for (const timingId of this.#unfired) if (file.timings[timingId] === undefined) this.#unfired.delete(timingId);
    return [...this.#unfired];
  }

  #file(): ScheduleFile | null {
    try {
      return this.#needs.store.read();
    } catch (problem) {
      this.#report('read the schedule', problem);
      return null;
    }
  }

  #report(what: string, problem: unknown): void {
    this.#needs.logger.error(`Could not ${what}`, { problem: messageOf(problem) });
  }
}
