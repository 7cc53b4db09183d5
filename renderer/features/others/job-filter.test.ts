import { expect, test } from 'vitest';
import type { OtherJob } from '../../../main/contract/other-jobs.ts';
import { matchingJobs } from './job-filter.ts';

const job = (name: string, more: Partial<OtherJob> = {}): OtherJob => ({
  ...{ id: name, place: 'crontab', source: 'line 1', name, command: null, runsAs: null, schedule: 'Every hour' },
  ...{ written: '0 * * * *', original: '', nextRun: null, lastRun: null, result: 'unknown', resultDetail: '' },
  ...{ state: 'fine', dueAt: null, stopped: null, import: null, importProblem: null },
  ...more,
});
const jobs = [
  job('Photos', { command: 'rsync /photos' }),
  job('backup', { place: 'systemd-user', command: 'restic backup', resultDetail: 'exit code 3' }),
];
const names = (words: string, place: OtherJob['place'] | null = null) =>
  matchingJobs(jobs, { words, place }).map(({ name }) => name);

test('every word has to occur, in any text of a job', () => {
  expect(names('')).toEqual(['Photos', 'backup']);
  expect(names('RSYNC photos')).toEqual(['Photos']);
  expect(names('exit 3')).toEqual(['backup']);
  expect(names('rsync restic')).toEqual([]);
});

test('a place leaves out the jobs of the others', () => {
  expect(names('', 'systemd-user')).toEqual(['backup']);
  expect(names('photos', 'systemd-user')).toEqual([]);
});
