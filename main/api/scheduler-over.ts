import type { Application } from '../application/application.ts';
import { executionFilterSchema } from '../contract/execution.ts';
import { SchedulerError } from '../domain/errors.ts';
import type { Runs, Scheduler, Schedules, Tasks } from './scheduler-types.ts';

/** Returns the application, until it is closed. */
type Opened = () => Application;

/** Returns the scheduler that programs use. @param author recorded as the author of changes */
export function schedulerOver(application: Application, author: string): Scheduler {
  let closing: Promise<void> | null = null;
  const opened: Opened = () => {
    if (closing === null) return application;
    const message = 'This scheduler is closed. Open it again with openScheduler().';
    throw new SchedulerError('usage/closed', message, { dataDir: application.dataDir });
  };
  const jobs = async () => opened().jobs(author);
  return {
    version: application.version,
    dataDir: application.dataDir,
    tasks: tasksOf(opened, author),
    runs: runsOf(opened),
    schedules: schedulesOf(opened),
    createJob: async (job) => (await (await opened().tasks()).create(job, author)).task,
    getJob: async (idOrName) => (await jobs()).getJob(idOrName),
    deleteJob: async (idOrName) => (await jobs()).deleteJob(idOrName),
    close: () => (closing ??= application.stop().then(() => application.close())),
  };
}

function tasksOf(opened: Opened, author: string): Tasks {
  const tasks = async () => opened().tasks();
  return {
    create: async (task) => (await tasks()).create(task, author),
    list: async () => (await tasks()).list(),
    get: async (idOrName) => (await tasks()).get(idOrName),
    update: async (idOrName, change) => (await (await tasks()).update(idOrName, change, author)).task,
    pause: async (idOrName) => (await (await tasks()).pause(idOrName, {}, author)).task,
    resume: async (idOrName) => (await (await tasks()).resume(idOrName, author)).task,
    delete: async (idOrName) => (await (await tasks()).delete(idOrName, author)).task,
  };
}

function runsOf(opened: Opened): Runs {
  const executions = async () => opened().executions();
  return {
    start: async (idOrName) => {
      const { task } = await (await opened().tasks()).get(idOrName);
      return (await opened().runs()).trigger(task.id, { trigger: 'manual' });
    },
    list: async (filter = {}) => (await executions()).list(executionFilterSchema.parse(filter)).executions,
    get: async (executionId) => (await executions()).find(executionId),
    log: async (executionId) => {
      const execution = (await executions()).find(executionId);
      return (await opened().logs()).whole(execution).toString('utf8');
    },
    cancel: async (executionId) => (await opened().runs()).cancel(executionId),
    why: async (idOrName, since) => (await opened().slots()).whyInFleet(idOrName, since),
  };
}

function schedulesOf(opened: Opened): Schedules {
  return {
    understand: async (schedule, timezone) => (await (await opened().tasks()).understand(schedule, timezone)).answer,
    groups: async () => (await opened().tasks()).timings(),
  };
}
