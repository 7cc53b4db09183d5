import type { DoctorCheck } from '../../contract/cli.ts';
import type { EntryDoctorNeeds } from './check-entries.ts';

/** Reports which OS scheduler fires the groups, and what limits it here, such as no lingering or no daemon. */
export async function checkScheduler({ choose }: EntryDoctorNeeds): Promise<DoctorCheck[]> {
  const scheduler = await choose();
  const { notes } = await scheduler.capabilities();
  const id = 'os/scheduler';
  const title = `OS scheduler: ${scheduler.kind}`;
  if (scheduler.kind === 'in-process') {
    const message = 'No OS scheduler is used: tasks run only while the app or `serve` is running.';
    return [{ id, title, status: 'warning', message, fixable: false }];
  }
  if (notes.length > 0) return [{ id, title, status: 'warning', message: notes.join(' '), fixable: false }];
  return [{ id, title, status: 'ok', message: 'It works, without limitations.', fixable: false }];
}
