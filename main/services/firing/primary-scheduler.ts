import type { ScheduleFile } from '../../contract/task.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import { isAllPaused } from '../schedule/slot-planner.ts';
import type { TaskManager } from '../tasks/task-manager.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';
import type { TimingExecutor } from './timing-executor.ts';
import { needsEntry } from '../schedule/timing-groups.ts';
import type { WarmWorkers } from './warm-workers.ts';

/**
 * Longest sleep. Timers do not count the time a machine sleeps, and 32-bit timers overflow after 24.8 days: so never
 * sleep long, and look at the wall clock again (croner does the same).
 */
const longestSleepMs = 30_000;

/**
 * A sweep looks at so many groups, then leaves this process to others for a moment: a thousand groups are through after
 * three seconds, and what has so few as people mostly have is through at once.
 */
const firedTogether = 20;
const restMs = 50;

export interface PrimarySchedulerNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly executor: Pick<TimingExecutor, 'fireTiming'>;
  readonly tasks: TaskManager;
  readonly facts: TimingFacts;
  readonly workers: WarmWorkers;
  readonly logger: Logger;
}

/**
 * Fires the groups from inside the running app or `serve`, beside the OS scheduler: the ledger makes firing twice
 * harmless, so that punctuality depends on neither alone.
 */
export class PrimaryScheduler {
  readonly #needs: PrimarySchedulerNeeds;
  /** Next slot of each group, in epoch ms. */
  #next = new Map<string, number>();
  #cancelTimer: (() => void) | null = null;
  #stopWatching: (() => void) | null = null;
  #lastTickMs = 0;
  #cancelSweep: (() => void) | null = null;

  constructor(needs: PrimarySchedulerNeeds) {
    this.#needs = needs;
  }

  /** Settles everything that passed while nothing ran, then fires each group at its slots until `stop`. */
  start(): void {
    this.#stopWatching = this.#needs.store.watch(() => this.#arm());
    this.sweep();
  }

  /** Fires every group once: slots that passed get their fate. For start, resume from sleep and clock changes. */
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

  /** Returns when the workers want to be looked at again. A schedule that cannot be read starts nothing. */
  #warmUp(file: ScheduleFile | null, nowMs: number): number {
    const next = file === null || isAllPaused(file, nowMs) ? [] : [...this.#next];
    const groups = next.map(([timingId, slotMs]) => {
      const taskIds = file?.timings[timingId]?.taskIds ?? [];
      const tasks = taskIds.map((id) => file?.tasks[id]).filter((task) => task?.status === 'active');
      return { slotMs, tools: tasks.flatMap((task) => task?.tool ?? []) };
    });
    return this.#needs.workers.adjust(nowMs, groups);
  }

  #tick(): void {
    const nowMs = this.#needs.clock.now();
    const clockMoved = nowMs < this.#lastTickMs || nowMs - this.#lastTickMs > 2 * longestSleepMs;
    this.#liftPauses(nowMs);
    if (clockMoved) return this.sweep();
    const due = [...this.#next].filter(([, slotMs]) => slotMs <= nowMs);
    if (due.length > 0) this.#needs.workers.fired(nowMs);
    for (const [timingId] of due) this.#fire(timingId);
    this.#arm();
  }

  #nextSlots(file: ScheduleFile, nowMs: number): Map<string, number> {
    const next = new Map<string, number>();
    for (const timing of Object.values(file.timings)) {
      if (!needsEntry(file, timing)) continue;
      const [slot] = this.#needs.facts.of(timing, nowMs).nextRuns;
      if (slot !== undefined) next.set(timing.id, Date.parse(slot));
    }
    return next;
  }

  /** Pauses with an end: the OS entry of a group must be there again in time. */
  #liftPauses(nowMs: number): void {
    const file = this.#file();
    if (file === null) return;
    if (file.paused !== undefined && !isAllPaused(file, nowMs)) this.#needs.tasks.resumeAll('scheduler');
    for (const task of Object.values(file.tasks)) {
      if (task.status !== 'paused' || task.pausedUntil === undefined || Date.parse(task.pausedUntil) > nowMs) continue;
      this.#needs.tasks.resume(task.id, 'scheduler').catch((problem: unknown) => this.#report('lift a pause', problem));
    }
  }

  /** Looking at a thousand groups in one go would keep the window, which this process draws too, from appearing. */
  #fireInTurns(timingIds: readonly string[]): void {
    for (const timingId of timingIds.slice(0, firedTogether)) this.#fire(timingId);
    const rest = timingIds.slice(firedTogether);
    this.#cancelSweep = rest.length === 0 ? null : this.#needs.clock.setTimer(() => this.#fireInTurns(rest), restMs);
  }

  #fire(timingId: string): void {
    this.#needs.executor.fireTiming(timingId).catch((problem: unknown) => this.#report(`fire ${timingId}`, problem));
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
