import { minuteMs, dayMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import { machineTimeZone } from '../../domain/timing/time-zone.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FoundLog, LogRemoval, LogRemovalFailure } from '../../ports/log-removal.ts';
import type { Logger } from '../../ports/logger.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { AlertRecords } from '../../ports/ledger/alerts.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ExpiredRecords } from '../../ports/ledger/retention.ts';
import type { UsageSums } from '../../ports/ledger/run-totals.ts';
import type { Marks } from '../../ports/ledger/marks.ts';

export interface RetentionNeeds {
  readonly ledger: ExecutionRecords &
    ExpiredRecords &
    Marks &
    Pick<AlertRecords, 'removeAlerts'> &
    Pick<UsageSums, 'removeUsage'>;
  readonly settings: SettingsStore;
  readonly logs: LogRemoval;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called with the ids of removed executions, so that views can drop them. */
  readonly onRemoved?: (executionIds: readonly string[]) => void;
}

export interface RetentionReport {
  /** Executions removed, with their logs. */
  readonly executions: number;
  /** Executions that lost only their log, because all logs together were over the limit. */
  readonly logs: number;
  /** Deleted log files that belonged to no known execution. */
  readonly strayLogs: number;
  /** Claims and decisions removed. */
  readonly slots: number;
  /** Removed changes that were too old to be undone. */
  readonly changes: number;
  /** Removed alerts that were sent or given up. Those that wait are kept. */
  readonly alerts: number;
  readonly failures: readonly LogRemovalFailure[];
}

/** Slots are kept longer than executions, at least this many days: `why` looks back, and a slot is a small row. */
const slotDays = 60;
/** Budgets look at the month of now. */
const usageDays = 62;
/**
 * Changes younger than this are kept, and at least `changesKept` of the latest, so that they can be seen and undone.
 */
const changeDays = 400;
const changesKept = 10_000;
/** Executions removed in one transaction. Limited, so that a process that claims a slot does not wait long. */
const batchSize = 200;
/** How often the clock is checked: it may be changed, and the machine may sleep. */
const lookAgainMs = minuteMs;
const defaultSchedule = '0 0 * * *';
const markName = 'retention';

/** Nothing is older than 1970: a limit of a million days keeps everything. */
const daysBefore = (nowMs: number, days: number): number => Math.max(0, nowMs - days * dayMs);

/** Keeps history and logs within the limits of the settings. Never touches a running execution. */
export class Retention {
  readonly #needs: RetentionNeeds;
  #cancelTimer: (() => void) | null = null;
  #running = false;
  #warned = '';

  constructor(needs: RetentionNeeds) {
    this.#needs = needs;
  }

  /**
   * Removes what is over the limits: `maxExecutionsPerJob` of each task, `maxExecutionAgeDays`, and logs beyond
   * `maxLogBytes` in total, oldest first. Removes rows of the ledger before files: a crash then leaves files without an
   * execution, which the next run finds, and never an execution that promises a missing log.
   */
  async run(): Promise<RetentionReport> {
    const { ledger, settings, clock } = this.#needs;
    const { maxExecutionsPerJob, maxExecutionAgeDays, maxLogBytes } = settings.read();
    const nowMs = clock.now();
    const oldestMs = daysBefore(nowMs, maxExecutionAgeDays);
    const failures: LogRemovalFailure[] = [];

    const expired = ledger.expired({ keepPerTask: maxExecutionsPerJob, startedBefore: iso(oldestMs) });
    await this.#inBatches(expired, (ids) => {
      failures.push(...this.#needs.logs.remove(ledger.removeExecutions(ids)));
      this.#needs.onRemoved?.(ids);
    });
    const oversized = ledger.oversizedLogs(maxLogBytes);
    await this.#inBatches(oversized, (ids) => {
      failures.push(...this.#needs.logs.remove(ledger.forgetLogs(ids)));
    });
    const old = this.#needs.logs.writtenBefore(oldestMs);
    const stray = this.#strayLogs(old.logs);
    failures.push(...old.failures, ...this.#needs.logs.remove(stray));
    const slots = ledger.removeSlots(iso(daysBefore(nowMs, Math.max(maxExecutionAgeDays, slotDays))));
    const changes = ledger.removeChanges({ before: iso(nowMs - changeDays * dayMs), keep: changesKept });
    const alerts = ledger.removeAlerts(iso(oldestMs));
    ledger.removeUsage(iso(nowMs - usageDays * dayMs).slice(0, 'yyyy-MM-dd'.length));
    ledger.setMark(markName, iso(nowMs));
    const counts = { executions: expired.length, logs: oversized.length, strayLogs: stray.length };
    return { ...counts, slots, changes, alerts, failures };
  }

  /** Runs on `cleanupSchedule`, and at once if its last time passed while the app was not running. */
  start(): void {
    const last = this.#needs.ledger.mark(markName);
    this.#tick(last === null ? 0 : Date.parse(last));
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #tick(lastMs: number): void {
    const { clock } = this.#needs;
    const nowMs = clock.now();
    // A clock that was set back must not delay the next run until it has caught up.
    const baseMs = Math.min(lastMs, nowMs);
    const isDue = this.#isEnabled() && this.#dueAfter(baseMs) <= nowMs;
    if (isDue) void this.#runLogged();
    this.#cancelTimer = clock.setTimer(() => this.#tick(isDue ? nowMs : baseMs), lookAgainMs);
  }

  async #runLogged(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      const report = await this.run();
      this.#reportFailures(report.failures);
    } catch (error) {
      this.#needs.logger.error(`Old runs were not removed: ${messageOf(error)}`);
    } finally {
      this.#running = false;
    }
  }

  #isEnabled(): boolean {
    try {
      return this.#needs.settings.read().enableAutoCleanup;
    } catch (error) {
      this.#warnOnce(`Old runs are not removed while the settings cannot be read: ${messageOf(error)}`);
      return false;
    }
  }

  /** Returns the first time after `lastMs` at which the schedule wants a run, in epoch ms. */
  #dueAfter(lastMs: number): number {
    const timezone = machineTimeZone();
    const first = (cronExpression: string) => nextSlots(specOf({ cronExpression, timezone }), lastMs, 1)[0];
    try {
      return first(this.#needs.settings.read().cleanupSchedule) ?? Number.POSITIVE_INFINITY;
    } catch (error) {
      this.#warnOnce(`cleanupSchedule is invalid, so "${defaultSchedule}" is used: ${messageOf(error)}`);
      return first(defaultSchedule) ?? Number.POSITIVE_INFINITY;
    }
  }

  /** The settings are read every minute; a problem with them is logged only when it changes. */
  #warnOnce(message: string): void {
    if (message !== this.#warned) this.#needs.logger.warn(message);
    this.#warned = message;
  }

  /** Returns the logs that belong to no known execution. */
  #strayLogs(logs: readonly FoundLog[]): string[] {
    return logs
      .filter(({ executionId, path }) => this.#needs.ledger.get(executionId)?.logPath !== path)
      .map(({ path }) => path);
  }

  /** In one line: a read-only disk refuses thousands of files for the same reason. */
  #reportFailures(failures: readonly LogRemovalFailure[]): void {
    const [first] = failures;
    if (first === undefined) return;
    const { path, message } = first;
    this.#needs.logger.warn(`Logs that could not be deleted: ${failures.length}. The first: ${path}: ${message}`);
  }

  /** Lets other work run between two batches. */
  async #inBatches(ids: readonly string[], action: (ids: readonly string[]) => void): Promise<void> {
    for (let from = 0; from < ids.length; from += batchSize) {
      action(ids.slice(from, from + batchSize));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
