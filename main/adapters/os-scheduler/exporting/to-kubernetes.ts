import { Document } from 'yaml';
import type { Policies, Task } from '../../../contract/task.ts';
import { catchUpOf, policyDefaults } from '../../../contract/policy-defaults.ts';
import { minuteMs } from '../../../domain/durations.ts';
import type { GroupInput } from '../../../ports/group-exporter.ts';
import { oneLine } from '../entry-marker.ts';
import type { Exported } from './export-context.ts';
import { lostNotes, plainName, wordsOf } from './task-command.ts';
import type { Said } from './task-command.ts';

/** Kubernetes stores a deadline as a signed 32-bit number that Go reads as seconds: 68 years. */
const longestDeadlineSeconds = 2 ** 31 - 1;

const said: ReadonlySet<Said> = new Set(['retries', 'timeout', 'memory', 'catchUp', 'overlap']);

/**
 * Returns a CronJob for each task
 * (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/).
 */
export function toKubernetes({ timing, schedule, tasks }: GroupInput): Exported {
  if (schedule.kind === 'once') {
    return { artifacts: [], notes: ['A CronJob cannot run on a single date. Run the command as a Job instead.'] };
  }
  if (schedule.kind !== 'cron') {
    const reason = 'A CronJob has one cron expression, which cannot express this schedule. Use several tasks.';
    return { artifacts: [], notes: [reason] };
  }
  const { canonical, sets } = schedule.cron;
  if (sets.days.lastDayOfMonth || sets.days.nthWeekdays.length > 0) {
    return { artifacts: [], notes: [`Kubernetes does not support L and #, so it cannot express "${canonical}".`] };
  }
  const taken = new Set<string>();
  const notes = [
    'The image is a placeholder: replace it with one that contains your programs and files.',
    'Kubernetes starts a missed run once, within startingDeadlineSeconds; around a clock change it follows its own rules.',
  ];
  const documents = tasks.map((task) => {
    const lost = [...lostNotes(task, said), ...overlapNotes(task)];
    notes.push(...lost);
    const document = new Document(cronJob(task, canonical, schedule.timezone, plainName(task.name, taken)));
    document.commentBefore = [` ${oneLine(task.name)}`, ...lost.map((note) => ` ${note}`)].join('\n');
    return document.toString({ lineWidth: 0, directives: true });
  });
  if (documents.length === 0) return { artifacts: [], notes };
  return { artifacts: [{ path: `${plainName(timing.id, new Set(), 100)}.yaml`, content: documents.join('') }], notes };
}

const concurrency: Readonly<Record<NonNullable<Policies['overlap']>, string>> = {
  skip: 'Forbid',
  'buffer-one': 'Forbid',
  'buffer-all': 'Forbid',
  'cancel-other': 'Replace',
  'terminate-other': 'Replace',
  'allow-all': 'Allow',
};

function overlapNotes({ name, policies }: Task): string[] {
  const overlap = policies?.overlap;
  if (overlap !== 'buffer-one' && overlap !== 'buffer-all') return [];
  return [`"${oneLine(name)}" waits for its last run here (${overlap}); Kubernetes skips instead.`];
}

/**
 * Escapes `$(NAME)` and `$$`, which Kubernetes expands in commands and variables
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
 */
const protectReferences = (text: string): string => text.replaceAll(/\$(?=[$(])/g, '$$$$');

function cronJob(task: Task, schedule: string, timeZone: string, name: string): object {
  const { policies = {}, env, workingDirectory } = task;
  const catchUp = catchUpOf(task);
  const windowMs = catchUp === 'skip' ? minuteMs : (policies.catchUpWindowMs ?? policyDefaults.catchUpWindowMs);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: {
      schedule,
      timeZone,
      concurrencyPolicy: concurrency[policies.overlap ?? 'skip'],
      // Below ten seconds the controller may miss a run altogether.
      startingDeadlineSeconds: Math.max(10, Math.ceil(windowMs / 1000)),
      suspend: task.status !== 'active',
      jobTemplate: {
        spec: {
          backoffLimit: policies.retries?.count ?? 0,
          template: {
            spec: {
              restartPolicy: 'Never',
              ...(policies.timeoutMs === undefined
                ? {}
                : {
                    activeDeadlineSeconds: Math.min(
                      longestDeadlineSeconds,
                      Math.max(1, Math.ceil(policies.timeoutMs / 1000)),
                    ),
                  }),
              containers: [
                {
                  name: 'task',
                  image: 'busybox:stable',
                  command: wordsOf(task, 'sh').map(protectReferences),
                  ...(workingDirectory === undefined ? {} : { workingDir: workingDirectory }),
                  ...(env === undefined
                    ? {}
                    : {
                        env: Object.entries(env).map(([key, value]) => ({
                          name: key,
                          value: protectReferences(value),
                        })),
                      }),
                  ...(policies.memoryMb === undefined
                    ? {}
                    : { resources: { limits: { memory: `${policies.memoryMb}Mi` } } }),
                },
              ],
            },
          },
        },
      },
    },
  };
}
