import type { OtherJob, OtherPlace } from '../../../main/contract/other-jobs.ts';

export interface JobFilter {
  /** Words that all have to occur. */
  readonly words: string;
  readonly place: OtherPlace | null;
}

/** Returns the jobs that have every word in one of their texts, and are in the place. Keeps their order. */
export function matchingJobs(jobs: readonly OtherJob[], { words, place }: JobFilter): OtherJob[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return jobs.filter((job) => (place === null || job.place === place) && wanted.every((word) => has(job, word)));
}

const has = ({ name, command, source, schedule, written, runsAs, resultDetail }: OtherJob, word: string): boolean =>
  [name, command, source, schedule, written, runsAs, resultDetail].some(
    (text) => text !== null && text.toLowerCase().includes(word),
  );
