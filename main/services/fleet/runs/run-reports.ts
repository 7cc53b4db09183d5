import { reportedRunSchema, type ReportedRun } from '../../../contract/fleet-runs.ts';
import type { Execution } from '../../../contract/execution.ts';
import { executionFilterSchema } from '../../../contract/execution.ts';
import type { ExecutionRecords } from '../../../ports/ledger/executions.ts';
import type { Marks } from '../../../ports/ledger/marks.ts';
import type { ExecutionPages } from '../../../ports/ledger/pages.ts';
import type { Store } from '../../../ports/store.ts';
import type { FleetConnection } from '../fleet-connection.ts';

export interface RunReportsNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call'>;
  readonly ledger: ExecutionPages & Pick<ExecutionRecords, 'get'> & Marks;
  readonly store: Pick<Store, 'read'>;
}

/** What the fleet knows of the runs of this machine. */
interface Reported {
  readonly fleetId: string;
  /** ISO instant: no run that started earlier is new. */
  readonly since: string;
  /** The status that was reported of each run that has not ended or started lately, by id. */
  readonly sent: Readonly<Record<string, string>>;
}

const markName = 'fleet-runs';
/** Another process may record a start a moment after one with a later instant was reported, in ms. */
const overlapMs = 30_000;
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
    const { connection, ledger } = this.#needs;
    const { memberId } = connection.membership();
    const known = this.#known();
    const runs = [...this.#startedSince(known), ...this.#openBefore(known)];
    const news = runs.filter(({ executionId, status }) => known.sent[executionId] !== status);
    if (news.length === 0) return;
    for (let from = 0; from < news.length; from += sentAtOnce) {
      const part = news.slice(from, from + sentAtOnce).map(reportOf);
      await connection.call((database) => database.runs.save(memberId, part));
    }
    ledger.setMark(markName, JSON.stringify(reportedAfter(known, runs)));
  }

  #known(): Reported {
    const { fleetId, joinedAt } = this.#needs.connection.membership();
    const mark = this.#needs.ledger.mark(markName);
    const known = mark === null ? null : (JSON.parse(mark) as Reported);
    return known?.fleetId === fleetId ? known : { fleetId, since: joinedAt, sent: {} };
  }

  /** Returns the runs of shared tasks that started lately. */
  #startedSince({ since }: Reported): Execution[] {
    const { ledger, store } = this.#needs;
    const shared = new Set(
      Object.values(store.read().tasks)
        .filter((task) => task.shared !== undefined)
        .map(({ id }) => id),
    );
    if (shared.size === 0) return [];
    const from = new Date(Date.parse(since) - overlapMs).toISOString();
    const found: Execution[] = [];
    for (let offset = 0; ; offset += pageSize) {
      const page = ledger.list(executionFilterSchema.parse({ since: from, limit: pageSize, offset })).executions;
      found.push(...page.filter(({ taskId, trigger }) => shared.has(taskId) && trigger !== 'test'));
      if (page.length < pageSize) return found;
    }
  }

  /** Returns the runs that started before, and had not ended when they were reported. */
  #openBefore({ since, sent }: Reported): Execution[] {
    const from = Date.parse(since) - overlapMs;
    return Object.entries(sent)
      .filter(([, status]) => status === 'running')
      .flatMap(([id]) => this.#needs.ledger.get(id) ?? [])
      .filter(({ startedAt }) => Date.parse(startedAt) < from);
  }
}

function reportedAfter({ fleetId, since: before }: Reported, runs: readonly Execution[]): Reported {
  const since = runs.reduce((latest, { startedAt }) => (startedAt > latest ? startedAt : latest), before);
  const from = Date.parse(since) - overlapMs;
  const kept = runs.filter(({ status, startedAt }) => status === 'running' || Date.parse(startedAt) >= from);
  return { fleetId, since, sent: Object.fromEntries(kept.map(({ executionId, status }) => [executionId, status])) };
}

/** Without parameters, result and paths, which stay on this machine. */
const reportOf = (run: Execution): ReportedRun => reportedRunSchema.parse(run);
