import { expect, it } from 'vitest';
import { uninstallReport } from './uninstall-report.ts';

const step = { what: 'os-entry', path: 'daily-9am', change: 'removed', detail: null } as const;
const kept = { what: 'data', path: '/home/kim/.ncp/scheduler', change: 'kept', detail: 'Your tasks.' } as const;

it('says how much was removed, and what is left and how to remove it', () => {
  const report = uninstallReport({ steps: [step, step, kept], left: ['Remove the program: npm uninstall -g it'] });
  expect(report).toEqual({
    type: 'info',
    message: 'NCP Scheduler was removed from this machine.',
    detail:
      'Removed 2 items.\n\nStill there:\n- /home/kim/.ncp/scheduler: your tasks, history and settings\n- Remove the program: npm uninstall -g it',
  });
});

it('names what could not be removed, and why', () => {
  const failed = { ...step, path: 'weekly', change: 'failed', detail: 'no permission' } as const;
  const report = uninstallReport({ steps: [step, failed], left: [] });
  expect(report).toMatchObject({ type: 'warning', message: expect.stringContaining('only in part') as string });
  expect(report.detail).toContain('Removed 1 item.\nCould not remove weekly: no permission\n');
});
