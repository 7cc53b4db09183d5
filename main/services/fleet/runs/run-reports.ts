import { reportedRunSchema, type ReportedRun } from '../../../contract/fleet-runs.ts';
import type { Execution } from '../../../contract/execution.ts';
import { executionFilterSchema } from '../../../contract/execution.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ExecutionRecords } from '../../../ports/ledger/executions.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { ExecutionPages } from '../../../ports/ledger/pages.ts';
import type { Store } from '../../../ports/store.ts';
import type { FleetConnection } from '../fleet-connection.ts';

export interface RunReportsNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call'>;
  readonly ledger: ExecutionPages & Pick<ExecutionRecords, 'get'> & Marks;
  readonly store: Pick<Store, 'read'>;
  readonly clock: Clock;
}

/** What the fleet knows of the runs of this machine. */
interface Reported {
  readonly fleetId: string;
  /** ISO instant of the latest look: no run that started earlier is new. */
  readonly since: string;
  /** The status that was reported of each run that has not ended or started lately, by id. */
  readonly sent: Readonly<Record<string, string>>;
}

const markName = 'fleet-runs';
/** Another process may record a start so long after its instant, in ms. */
const overlapMs = 30_000;
/** A look that found no news is remembered so seldom, in ms: to read some minutes again costs less than a write to the disk. */
const rememberMs = 600_000;
const pageSize = 1000;
const sentAtOnce = 500;

/**
 * Reports the runs of shared tasks to the fleet, so that every member can list them. The ledger is the outbox: what could not
 * be reported is reported the next time, also by another process of this machine.
 */
export class RunReports {
  readonly #needs: RunReportsNeeds;
  #running: Promise<void> | null = null;
  #isWanted = false;

  constructor(needs: RunReportsNeeds) {
    this.#needs = needs;
  }

  /** Reports what is new. Calls during a report are answered by one further report. @throws as the database. */
  async report(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#all().finally(() => (this.#running = null));
    return this.#running;
  }

  async #all(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#once();
    }
  }

  async #once(): Promise<void> {
    const { connection, ledger, clock } = this.#needs;
    const { memberId } = connection.membership();
    const lookedAt = clock.nowIso();
    const known = this.#known(lookedAt);
    const recent = this.#startedSince(known);
    const runs = [...recent, ...this.#openBefore(known, recent)];
    const news = runs.filter(({ executionId, status }) => known.sent[executionId] !== status);
    if (news.length === 0 && Date.parse(lookedAt) - Date.parse(known.since) < rememberMs) return;
    for (let from = 0; from < news.length; from += sentAtOnce) {
      const part = news.slice(from, from + sentAtOnce).map(reportOf);
      await connection.call((database) => database.runs.save(memberId, part));
    }
    ledger.setMark(markName, JSON.stringify(reportedAfter({ ...known, since: lookedAt }, runs)));
  }

  #known(now: string): Reported {
    const { connection, ledger } = this.#needs;
    const { fleetId, joinedAt } = connection.membership();
    const mark = ledger.mark(markName);
    const stored = mark === null ? null : (JSON.parse(mark) as Reported);
    const known = stored?.fleetId === fleetId ? stored : { fleetId, since: joinedAt, sent: {} };
    if (known.since <= now) return known;
    // The clock was ahead and was set back. Otherwise, what starts before that instant would never be reported.
    const corrected = { ...known, since: now };
    ledger.setMark(markName, JSON.stringify(corrected));
    return corrected;
  }

  /** Returns the runs of shared tasks that started lately. */
  #startedSince({ since }: Reported): Execution[] {
    const from = new Date(Date.parse(since) - overlapMs).toISOString();
    return Object.values(this.#needs.store.read().tasks)
      .filter((task) => task.shared !== undefined)
      .flatMap(({ id }) => this.#runsOf(id, from))
      .filter(({ trigger }) => trigger !== 'test');
  }

  #runsOf(taskId: string, since: string): Execution[] {
    const found: Execution[] = [];
    for (let offset = 0; ; offset += pageSize) {
      const filter = executionFilterSchema.parse({ taskId, since, limit: pageSize, offset });
      const page = this.#needs.ledger.list(filter).executions;
      found.push(...page);
      if (page.length < pageSize) return found;
    }
  }

  /** Returns the other runs that had not ended when they were reported. Their tasks may be gone, or local now. */
  #openBefore({ sent }: Reported, recent: readonly Execution[]): Execution[] {
    const found = new Set(recent.map(({ executionId }) => executionId));
    return Object.entries(sent)
      .filter(([id, status]) => status === 'running' && !found.has(id))
      .flatMap(([id]) => this.#needs.ledger.get(id) ?? []);
  }
}

function reportedAfter({ fleetId, since }: Reported, runs: readonly Execution[]): Reported {
  const from = Date.parse(since) - overlapMs;
  const kept = runs.filter(({ status, startedAt }) => status === 'running' || Date.parse(startedAt) >= from);
  return { fleetId, since, sent: Object.fromEntries(kept.map(({ executionId, status }) => [executionId, status])) };
}

/** Without parameters, result and paths, which stay on this machine. */
const reportOf = (run: Execution): ReportedRun => reportedRunSchema.parse(run);
