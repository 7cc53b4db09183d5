import type { OtherJob, OtherJobs } from '../../../contract/other-jobs.ts';
import { defineCommand } from '../../command.ts';
import { blocks } from '../../text/describe-task.ts';

const places: Record<OtherJob['place'], string> = {
  crontab: 'your crontab',
  'system-crontab': 'system crontab',
  'cron-folder': 'cron folder',
  'systemd-user': 'systemd (user)',
  'systemd-system': 'systemd (system)',
  launchd: 'launchd',
  windows: 'Task Scheduler',
  agents: 'AI agents',
};

export const osOthersCommand = defineCommand({
  name: 'os others',
  reads: true,
  summary: 'List what the other schedulers of this machine run, failed and overdue jobs first.',
  positionals: {},
  options: {},
  answers:
    'jobs: place, source, name, command, schedule, written, nextRun, lastRun, result, resultDetail, state (failed, overdue, stopped, fine), dueAt, stopped, import, importProblem; unread: place, what, reason.',
  examples: [
    {
      line: 'os others',
      does: 'list the jobs of crontabs, systemd, launchd or Task Scheduler, and of AI agents; changes nothing',
    },
    { line: 'os others --json', does: 'the same for a script, with the original text of each job' },
  ],
  run: async (context) => (await context.application()).otherJobs().then((others) => others.list()),
  text: async ({ jobs, unread }, view) =>
    blocks(
      await view.table(
        jobs,
        [
          { title: 'STATE', cell: (job) => view.status(job.state) },
          { title: 'NAME', cell: ({ name }) => view.plain(name), spare: 2 },
          { title: 'SCHEDULE', cell: ({ schedule }) => view.plain(schedule), spare: 1 },
          { title: 'NEXT', cell: ({ nextRun }) => view.instant(nextRun) },
          { title: 'LAST', cell: ({ lastRun }) => view.instant(lastRun) },
          { title: 'RESULT', cell: (job) => view.plain(outcome(job)) },
          { title: 'WHERE', cell: ({ place, source }) => view.plain(`${places[place]}: ${source}`) },
        ],
        'The other schedulers of this machine hold no jobs.',
      ),
      ...unreadLines(unread).map((line) => `${view.style('yellow', 'Not read:')} ${view.plain(line)}`),
    ),
});

/** Returns the result; for a job that does not run, the reason. */
const outcome = ({ resultDetail, stopped, state }: OtherJob): string =>
  state !== 'failed' && stopped !== null ? stopped : resultDetail;

const unreadLines = (unread: OtherJobs['unread']): string[] =>
  unread.map(({ place, what, reason }) => `${places[place]}, ${what}: ${reason}`);
