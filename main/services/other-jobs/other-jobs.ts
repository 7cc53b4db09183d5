import type { OtherJob, OtherJobs as OtherJobsAnswer, OtherPlace } from '../../contract/other-jobs.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { InstalledKind } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FoundJob, OtherSchedulers } from '../../ports/other-schedulers.ts';
import type { ImportSource } from '../transfer/import-source.ts';
import { JobFacts } from './job-facts.ts';

export interface OtherJobsNeeds {
  readonly schedulers: OtherSchedulers;
  /** Reads what a scheduler holds for an import. @throws SchedulerError */
  readonly installed: (kind: InstalledKind) => Promise<ImportSource>;
  readonly clock: Clock;
  readonly clockStyle: () => ClockStyle;
}

type ImportKind = NonNullable<OtherJob['import']>['kind'];
type Importable = Pick<OtherJob, 'import' | 'importProblem'>;

/** The places that belong to the person, with the importer of each. */
const importers: Partial<Record<OtherPlace, ImportKind>> = {
  crontab: 'crontab',
  'systemd-user': 'systemd',
  launchd: 'launchd',
  windows: 'windows',
  agents: 'agents',
};

const urgency: Record<OtherJob['state'], number> = { failed: 0, overdue: 1, stopped: 2, fine: 3 };

/** Lists what the other schedulers of this machine run. Changes nothing. */
export class OtherJobs {
  readonly #needs: OtherJobsNeeds;

  constructor(needs: OtherJobsNeeds) {
    this.#needs = needs;
  }

  /** What cannot be read is part of the answer. */
  async list(): Promise<OtherJobsAnswer> {
    const { schedulers, clock, clockStyle } = this.#needs;
    const { jobs, unread } = await schedulers.find();
    const importable = await this.#importable(jobs);
    const facts = new JobFacts(clock.now(), clockStyle());
    const described = jobs.map((job) => describe(job, facts, importable(job)));
    return { jobs: described.sort(byUrgency), unread: unread.map((one) => ({ ...one })) };
  }

  /** Asks the importers, so that the list never offers what an import refuses. */
  async #importable(jobs: readonly FoundJob[]): Promise<(job: FoundJob) => Importable> {
    const kinds = [...new Set(jobs.flatMap(({ place }) => importers[place] ?? []))];
    const answers = new Map<ImportKind, Map<string, Importable>>();
    const problems = new Map<ImportKind, string>();
    for (const kind of kinds) {
      try {
        answers.set(kind, importableIn(await this.#needs.installed(kind), kind));
      } catch (problem) {
        if (!(problem instanceof SchedulerError)) throw problem;
        problems.set(kind, problem.message);
      }
    }
    return ({ place, source, runsAs }) => {
      const kind = importers[place];
      const known = kind === undefined ? undefined : answers.get(kind)?.get(source);
      if (known !== undefined) return known;
      const problem = kind === undefined ? undefined : problems.get(kind);
      return { import: null, importProblem: problem ?? ofSystem(runsAs) };
    };
  }
}

const ofSystem = (runsAs: string | null): string =>
  runsAs === null
    ? 'It was installed with the system or a program, not by you.'
    : `It belongs to the system and runs as the user "${runsAs}". Tasks here run as you.`;

function importableIn({ candidates, refused }: ImportSource, kind: ImportKind): Map<string, Importable> {
  const found = new Map<string, Importable>();
  for (const { source, reason } of refused) found.set(source, { import: null, importProblem: reason });
  for (const { source } of candidates)
    if (source !== null)
      found.set(source, {
        import: { kind, source, moves: kind === 'crontab' || kind === 'agents' },
        importProblem: null,
      });
  return found;
}

function describe(job: FoundJob, facts: JobFacts, importable: Importable): OtherJob {
  const { place, source, name, command, runsAs, written, original, last, stopped } = job;
  const dueMs = facts.overdueSince(job);
  return {
    id: `${place} ${source}`,
    ...{ place, source, name, command, runsAs, schedule: facts.words(job), written, original, stopped },
    nextRun: isoOf(facts.nextMs(job)),
    lastRun: isoOf(last.atMs),
    result: last.result,
    resultDetail: last.detail,
    state: last.result === 'failed' ? 'failed' : dueMs !== null ? 'overdue' : stopped !== null ? 'stopped' : 'fine',
    dueAt: isoOf(dueMs),
    ...importable,
  };
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function byUrgency(one: OtherJob, other: OtherJob): number {
  const order = urgency[one.state] - urgency[other.state];
  if (order !== 0) return order;
  // No next run sorts last.
  const [next, otherNext] = [one.nextRun ?? '~', other.nextRun ?? '~'];
  if (next !== otherNext) return next < otherNext ? -1 : 1;
  return one.name.localeCompare(other.name, 'en');
}
