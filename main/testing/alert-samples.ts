import type { AlertEvent } from '../contract/alerts/event.ts';

/** Returns the event of a failed run, with the given changes. */
export function anAlertEvent(change: Partial<AlertEvent> = {}): AlertEvent {
  return {
    schema: 'ncp-scheduler.alert/1',
    id: 'alert-1',
    kind: 'failed',
    at: '2026-11-23T09:00:03.000Z',
    title: 'Backup failed',
    message: 'disk full (exit code 3)',
    machine: 'box',
    task: { id: 't1', name: 'Backup', group: 'daily-9am', tags: ['home'] },
    run: {
      id: '4dcb5b5f-9dd8-4d0e-8f0c-6d4a8f1f0a11',
      status: 'failure',
      trigger: 'schedule',
      slot: '2026-11-23T09:00:00.000Z',
      attempt: 1,
      startedAt: '2026-11-23T09:00:01.000Z',
      completedAt: '2026-11-23T09:00:03.000Z',
      durationMs: 2000,
      exitCode: 3,
      error: { code: 'shell/exit-code', message: 'The command ended with exit code 3.', line: 'disk full' },
    },
    output: 'copying\ndisk full\n',
    lateMs: null,
    possiblyTwice: false,
    ...change,
  };
}
