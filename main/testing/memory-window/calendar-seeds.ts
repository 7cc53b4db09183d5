import type { Place } from './scenarios.ts';

/** Adds calendars of each kind, one of which cannot be read, and a task that uses two of them. */
export async function addCalendars({ outside, application }: Place): Promise<void> {
  const calendars = await application.calendars();
  await calendars.add('Bavaria', { kind: 'holidays', country: 'DE', state: 'BY' }, 'window');
  const days = [
    { date: '2026-12-24', name: 'Office closed' },
    { date: '2026-12-31', name: 'Office closed' },
  ];
  await calendars.add('Office', { kind: 'dates', days }, 'window');
  // The file existed when the calendar was added.
  const from = '/home/ada/Documents/calendars/school-holidays.ics';
  outside.settings.update({ calendars: { ...outside.settings.read().calendars, school: { kind: 'ics', from } } });
  await calendars.refresh('school').catch(() => undefined);
  const [, deploy] = Object.values(outside.store.read().tasks);
  outside.store.update((file) => {
    const task = file.tasks[deploy?.id ?? ''];
    if (task !== undefined)
      task.policies = { ...task.policies, calendars: { skipOn: ['Bavaria', 'weekends'], dayOff: 'next' } };
  });
}
