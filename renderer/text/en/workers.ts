import type { WorkerPolicy } from '../../../main/contract/worker-policy.ts';

const policies: Readonly<Record<WorkerPolicy, string>> = {
  shared: 'Share a worker with other tasks',
  own: 'Use a worker of its own',
};

/** Texts about the worker processes that run tasks. */
export const workers = {
  policy: 'Worker process',
  policyHint: 'A shared worker uses less CPU and memory. If it crashes, all its runs are interrupted.',
  policies,
  byDefault: (policy: WorkerPolicy) => `As in Settings (${policies[policy].toLowerCase()})`,
  setting: 'Worker of commands and HTTP requests',
  settingHint:
    'A shared worker uses less CPU and memory; MCP tools and agents always have their own. A task can differ.',
} as const;
