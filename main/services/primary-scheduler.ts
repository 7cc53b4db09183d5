import type { ScheduleFile, Timing } from '../contract/task.ts';
import { messageOf } from '../domain/errors.ts';
import { nextSlots } from '../domain/timing/slots.ts';
import { specOf } from '../domain/timing/spec-of.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';
import { isAllPaused } from './slot-planner.ts';
import type { TaskManager } from './task-manager.ts';
import type { TimingExecutor } from './timing-executor.ts';
import { needsEntry } from './timing-groups.ts';

/**
 * Longest sleep. Timers do not count the time a machine sleeps, and 32-bit timers overflow after 24.8 days: so never
 * sleep long, and look at the wall clock again (croner does the same).
 */
const longestSleepMs = 30_000;

export interface PrimarySchedulerPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly executor: TimingExecutor;
  readonly tasks: TaskManager;
  readonly logger: Logger;
}

/**
 * Fires the groups from inside the running app or `serve`, beside the OS scheduler: the ledger makes firing twice
 * harmless, so that punctuality depends on neither alone.
 */
export class PrimaryScheduler {
  readonly #ports: PrimarySchedulerPorts;
  /** Next slot of each group, with the schedule it was computed from. */
  #next = new Map<string, { key: string; slotMs: number }>();
  #cancelTimer: (() => void) | null = null;
  #stopWatching: (() => void) | null = null;
  #lastTickMs = 0;

  constructor(ports: PrimarySchedulerPorts) {
    this.#ports = ports;
  }

  /** Settles everything that passed while nothing ran, then fires each group at its slots until `stop`. */
  start(): void {
    this.#stopWatching = this.#ports.store.watch(() => this.#arm());
    this.sweep();
  }

  /** Fires every group once: slots that passed get their fate. For start, resume from sleep and clock changes. */
  sweep(): void {
    const file = this.#file();
    if (file === null) return this.#arm();
    for (const timing of Object.values(file.timings)) if (needsEntry(file, timing)) this.#fire(timing.id);
    this.#next = new Map();
    this.#arm();
  }

  stop(): void {
    this.#stopWatching?.();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #arm(): void {
    this.#cancelTimer?.();
    const nowMs = this.#ports.clock.now();
    const file = this.#file();
    if (file !== null) this.#next = this.#nextSlots(file, nowMs);
    const soonest = Math.min(...[...this.#next.values()].map(({ slotMs }) => slotMs), nowMs + longestSleepMs);
    this.#lastTickMs = nowMs;
    this.#cancelTimer = this.#ports.clock.setTimer(() => this.#tick(), Math.max(0, soonest - nowMs));
  }

  #tick(): void {
    const nowMs = this.#ports.clock.now();
    const clockMoved = nowMs < this.#lastTickMs || nowMs - this.#lastTickMs > 2 * longestSleepMs;
    this.#liftPauses(nowMs);
    if (clockMoved) return this.sweep();
    for (const [timingId, { slotMs }] of this.#next) if (slotMs <= nowMs) this.#fire(timingId);
    this.#arm();
  }

  #nextSlots(file: ScheduleFile, nowMs: number): Map<string, { key: string; slotMs: number }> {
    const next = new Map<string, { key: string; slotMs: number }>();
    for (const timing of Object.values(file.timings)) {
      if (!needsEntry(file, timing)) continue;
      const key = scheduleOf(timing);
      const known = this.#next.get(timing.id);
      if (known?.key === key && known.slotMs > nowMs) {
        next.set(timing.id, known);
        continue;
      }
      const [slotMs] = nextSlots(specOf(timing), nowMs, 1);
      if (slotMs !== undefined) next.set(timing.id, { key, slotMs });
    }
    return next;
  }

  /** Pauses with an end: the OS entry of a group must be there again in time. */
  #liftPauses(nowMs: number): void {
    const file = this.#file();
    if (file === null) return;
    if (file.paused !== undefined && !isAllPaused(file, nowMs)) this.#ports.tasks.resumeAll('scheduler');
    for (const task of Object.values(file.tasks)) {
      if (task.status !== 'paused' || task.pausedUntil === undefined || Date.parse(task.pausedUntil) > nowMs) continue;
      this.#ports.tasks.resume(task.id, 'scheduler').catch((problem: unknown) => this.#report('lift a pause', problem));
    }
  }

  #fire(timingId: string): void {
    this.#ports.executor.fireTiming(timingId).catch((problem: unknown) => this.#report(`fire ${timingId}`, problem));
  }

  #file(): ScheduleFile | null {
    try {
      return this.#ports.store.read();
    } catch (problem) {
      this.#report('read the schedule', problem);
      return null;
    }
  }

  #report(what: string, problem: unknown): void {
    this.#ports.logger.error(`Could not ${what}`, { problem: messageOf(problem) });
  }
}

function scheduleOf(timing: Timing): string {
  return `${timing.runAt ?? timing.cronExpression} ${timing.timezone}`;
}
