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
import type { WarmWorkers } from './warm-workers.ts';

/**
 * Longest sleep. Timers do not count the time a machine sleeps, and 32-bit timers overflow after 24.8 days: so never
 * sleep long, and look at the wall clock again (croner does the same).
 */
const longestSleepMs = 30_000;

export interface PrimarySchedulerPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly executor: Pick<TimingExecutor, 'fireTiming'>;
  readonly tasks: TaskManager;
  readonly workers: WarmWorkers;
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
    this.#ports.workers.fired(this.#ports.clock.now());
    for (const timing of Object.values(file.timings)) if (needsEntry(file, timing)) this.#fire(timing.id);
    this.#next = new Map();
    this.#arm();
  }

  stop(): void {
    this.#stopWatching?.();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#ports.workers.close();
  }

  #arm(): void {
    this.#cancelTimer?.();
    const nowMs = this.#ports.clock.now();
    const file = this.#file();
    if (file !== null) this.#next = this.#nextSlots(file, nowMs);
    const slots = [...this.#next.values()].map(({ slotMs }) => slotMs);
    const soonest = Math.min(...slots, this.#warmUp(file, nowMs), nowMs + longestSleepMs);
    this.#lastTickMs = nowMs;
    this.#cancelTimer = this.#ports.clock.setTimer(() => this.#tick(), Math.max(0, soonest - nowMs));
  }

  /** Returns when the workers want to be looked at again. A schedule that cannot be read starts nothing. */
  #warmUp(file: ScheduleFile | null, nowMs: number): number {
    const next = file === null || isAllPaused(file, nowMs) ? [] : [...this.#next];
    const groups = next.map(([timingId, { slotMs }]) => {
      const taskIds = file?.timings[timingId]?.taskIds ?? [];
      const tasks = taskIds.map((id) => file?.tasks[id]).filter((task) => task?.status === 'active');
      return { slotMs, tools: tasks.flatMap((task) => task?.tool ?? []) };
    });
    return this.#ports.workers.adjust(nowMs, groups);
  }

  #tick(): void {
    const nowMs = this.#ports.clock.now();
    const clockMoved = nowMs < this.#lastTickMs || nowMs - this.#lastTickMs > 2 * longestSleepMs;
    this.#liftPauses(nowMs);
    if (clockMoved) return this.sweep();
    const due = [...this.#next].filter(([, { slotMs }]) => slotMs <= nowMs);
    if (due.length > 0) this.#ports.workers.fired(nowMs);
    for (const [timingId] of due) this.#fire(timingId);
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
