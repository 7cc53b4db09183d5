import type { Clock } from '../../ports/clock.ts';
import { exposition } from './exposition.ts';
import { fleetFamilies, type FleetSource } from './fleet-facts.ts';
import { metricFacts, type MetricFactsNeeds } from './metric-facts.ts';
import { metricFamilies } from './metric-families.ts';

export interface MetricsNeeds extends MetricFactsNeeds {
  readonly clock: Clock;
  /** Version of this product. */
  readonly version: string;
  readonly fleet: FleetSource;
}

/** The first line of the text: it marks a file as ours, which may be replaced. */
export const metricsMark = '# Written by NCP Scheduler.';
/** Several that ask within this time get one answer, in ms. */
const freshMs = 1000;

/** What Prometheus reads about the scheduler and its tasks. Computed from the schedule and the ledger at each question. */
export class Metrics {
  readonly #needs: MetricsNeeds;
  #answer: { readonly atMs: number; readonly text: Promise<string> } | null = null;

  constructor(needs: MetricsNeeds) {
    this.#needs = needs;
  }

  /** Returns all metrics in Prometheus' text format. @throws SchedulerError `store/…`. */
  async text(): Promise<string> {
    const { version, fleet } = this.#needs;
    const families = [...metricFamilies(await metricFacts(this.#needs), version), ...(await fleetFamilies(fleet))];
    return `${metricsMark}\n${exposition(families)}`;
  }

  /** As `text`, at most once a second, however many ask. */
  shared(): Promise<string> {
    const atMs = this.#needs.clock.now();
    const present = this.#answer;
    if (present !== null && atMs >= present.atMs && atMs - present.atMs < freshMs) return present.text;
    const text = this.text();
    const answer = { atMs, text };
    this.#answer = answer;
    text.catch(() => {
      if (this.#answer === answer) this.#answer = null;
    });
    return text;
  }
}
