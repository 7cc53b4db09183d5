import type { Execution } from '../../main/contract/execution.ts';
import type { TaskView, TimingView } from '../../main/contract/task.ts';

export const sampleExecution = (fields: Partial<Execution> = {}): Execution => ({
  executionId: 'run-1',
  taskId: 'task-1',
  taskName: 'Copy photos',
  timingId: 'daily-9am',
  tool: 'shell:run',
  parameters: { command: 'true' },
  trigger: 'schedule',
  slot: '2026-11-25T09:00:00.000Z',
  attempt: 1,
  startedAt: '2026-11-25T09:00:00.100Z',
  completedAt: '2026-11-25T09:00:01.100Z',
  duration: 1000,
  status: 'success',
  exitCode: 0,
  signal: null,
  result: null,
  error: null,
  logPath: '/tmp/run-1.log',
  logBytes: 10,
  peakMemoryBytes: null,
  cpuMs: null,
  ...fields,
});

export const sampleTask = (fields: Partial<TaskView> = {}): TaskView => ({
  id: 'task-1',
  name: 'Copy photos',
  timingId: 'daily-9am',
  cronExpression: '0 9 * * *',
  timezone: 'UTC',
  tool: 'shell:run',
  parameters: { command: 'cp -r a b' },
  createdAt: '2026-11-01T00:00:00.000Z',
  status: 'active',
  executionCount: 0,
  running: 0,
  ...fields,
});

export const sampleTiming = (fields: Partial<TimingView> = {}): TimingView => ({
  id: 'daily-9am',
  name: 'Every day at 9:00',
  cronExpression: '0 9 * * *',
  timezone: 'UTC',
  taskIds: ['task-1'],
  createdAt: '2026-11-01T00:00:00.000Z',
  sentence: 'Every day at 9:00',
  nextExecutionAt: '2026-11-26T09:00:00.000Z',
  nextRuns: ['2026-11-26T09:00:00.000Z', '2026-11-27T09:00:00.000Z'],
  osEntry: { kind: 'systemd', state: 'installed' },
  ...fields,
});
