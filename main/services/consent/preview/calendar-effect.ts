import type { Calendar } from '../../../contract/calendars.ts';
import type { ProposedChange } from '../../../contract/proposal.ts';
import { plain } from '../../../domain/visible-text.ts';
import { aboutCalendar } from '../../calendars/about-calendar.ts';

/** Returns everything that a calendar holds: a person approves what is shown. */
function wholeCalendar(calendar: Calendar): string {
  if (calendar.kind === 'ics') return `events of ${calendar.from}`;
  if (calendar.kind !== 'dates') return aboutCalendar(calendar);
  return calendar.days.map(({ date, name }) => (name === '' ? date : `${date} ${name}`)).join(', ');
}

/**
 * Returns what adding a calendar would do. Reads nothing: an address is read only after the approval.
 *
 * @param basis fingerprint of the change
 */
export function calendarEffect(fixed: Extract<ProposedChange, { action: 'add-calendar' }>, basis: string) {
  const { name, calendar } = fixed;
  const warnings =
    calendar.kind === 'ics' ? [`Approving reads ${calendar.from} now, and once a day from then on.`] : [];
  return {
    title: `Add the calendar "${plain(name)}"`,
    ...{ taskId: null, executionId: null, fixed, dueMs: null },
    preview: {
      differences: [{ field: 'Calendar', before: null, after: plain(wholeCalendar(calendar)) }],
      ...{ unchanged: [], schedule: null, nextRuns: [], command: null },
      warnings: warnings.map(plain),
      basis,
    },
  };
}
