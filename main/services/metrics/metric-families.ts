import type { MetricFamily, Sample } from './exposition.ts';
import { gauge, labelled, plain } from './samples.ts';
import { mostMissed, mostTasks, type MetricFacts, type TaskFacts } from './metric-facts.ts';

/** The ways in which a run can end, as values of the label `status`. */
const outcomes = ['success', 'failure', 'timeout', 'cancelled', 'interrupted'] as const;

/**
 * Returns the metrics of the scheduler and of its tasks. Each metric of a task has the labels `task_id`, which stays, and
 * `task`, its name. A value that does not exist, such as the last success of a task that never ran, has no sample.
 * @param version of this product
 */
export function metricFamilies(facts: MetricFacts, version: string): MetricFamily[] {
  return [...schedulerFamilies(facts, version), ...taskGauges(facts.tasks), ...taskCounters(facts.tasks)];
}

function schedulerFamilies(facts: MetricFacts, version: string): MetricFamily[] {
  const total = Object.values(facts.byStatus).reduce((sum, count) => sum + count, 0);
  return [
    gauge('ncp_build_info', 'Version of NCP Scheduler; always 1.', [{ labels: { version }, value: 1 }]),
    gauge('ncp_tasks', 'Tasks by status.', labelled('status', facts.byStatus)),
    gauge('ncp_tasks_unlisted', `Tasks without metrics of their own: only the ${mostTasks} oldest have them.`, [
      plain(total - facts.tasks.length),
    ]),
    gauge('ncp_schedules_paused', '1 while all schedules are paused.', [plain(Number(facts.isAllPaused))]),
    gauge('ncp_runs_running', 'Runs that have not ended.', [plain(facts.running)]),
    gauge(
      'ncp_slots_waiting',
      'Due slots that wait for their random delay (jitter), the previous run (overlap) or their turn (turn).',
      labelled('reason', facts.waiting),
    ),
  ];
}

/** Gauges of a task: name without prefix, help, and the value, or null for none. */
const gauges: readonly (readonly [string, string, (facts: TaskFacts) => number | null])[] = [
  ['active', '1 if the task runs on schedule: it is not paused, completed or broken.', (f) => Number(f.isActive)],
  ['running', 'Runs of the task that have not ended.', ({ state }) => state.running],
  ['slots_waiting', 'Due slots of the task that wait.', ({ waiting }) => waiting],
  ['next_slot_timestamp_seconds', 'When the task runs next.', ({ nextSlot }) => seconds(nextSlot)],
  ['last_run_timestamp_seconds', 'When the latest run that ended started.', ({ last }) => seconds(last?.startedAt)],
  ['last_run_duration_seconds', 'How long the latest run that ended took.', ({ last }) => inSeconds(last?.duration)],
  ['last_run_doubtful', '1 if the latest run is a success that looks like a failure.', ({ last }) => doubtful(last)],
  ['last_success_timestamp_seconds', 'When a run last succeeded.', ({ state }) => seconds(state.lastSuccessAt)],
  ['failures_in_a_row', 'Latest failures and timeouts without a success.', ({ state }) => state.consecutiveFailures],
  [
    'missed_slots',
    `Slots of the last seven days that have not run, neither on time nor since; ${mostMissed} at most.`,
    ({ missed }) => missed,
  ],
];

function taskGauges(tasks: readonly TaskFacts[]): MetricFamily[] {
  const status = tasks.flatMap((facts) => {
    const { last } = facts;
    return last === null
      ? []
      : outcomes.map((outcome) => of(facts, Number(last.status === outcome), { status: outcome }));
  });
  return [
    ...gauges.map(([name, help, valueOf]) =>
      gauge(
        `ncp_task_${name}`,
        help,
        tasks.flatMap((facts) => {
          const value = valueOf(facts);
          return value === null ? [] : [of(facts, value)];
        }),
      ),
    ),
    gauge('ncp_task_last_run_status', '1 for the way in which the latest run ended, 0 for the others.', status),
  ];
}

function taskCounters(tasks: readonly TaskFacts[]): MetricFamily[] {
  const runs = tasks.flatMap((facts) =>
    Object.entries(facts.counts.byStatus).map(([status, count]) => of(facts, count, { status })),
  );
  const doubts = tasks.map((facts) => of(facts, facts.counts.doubtful));
  const help = 'Runs that ended, by status; test runs apart, and a retry is a run of its own.';
  return [
    { name: 'ncp_task_runs_total', type: 'counter', help, samples: runs },
    {
      ...{ name: 'ncp_task_doubtful_runs_total', type: 'counter' },
      ...{ help: 'Successes that look like failures.', samples: doubts },
    },
  ];
}

const of = ({ task }: TaskFacts, value: number, labels: Sample['labels'] = {}): Sample => ({
  labels: { task_id: task.id, task: task.name, ...labels },
  value,
});

const seconds = (instant: string | null | undefined): number | null =>
  instant === null || instant === undefined ? null : Date.parse(instant) / 1000;
const inSeconds = (ms: number | null | undefined): number | null =>
  ms === null || ms === undefined ? null : ms / 1000;
const doubtful = (last: TaskFacts['last']): number | null => (last === null ? null : Number(last.isDoubtful));
