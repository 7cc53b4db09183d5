import type { Calendar, CalendarView } from '../../../main/contract/calendars.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { Call } from '../../bridge/client.ts';
import { showToast } from '../../stores/toast-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';
import { attempt } from '../attempt.ts';

export function createCalendarCommands(call: Call, { calendars, toasts }: Stores) {
  const show = (answer: { calendars: CalendarView[] }) => calendars.setState({ list: answer.calendars, failure: null });
  return {
    load: async () => {
      try {
        show(await call('calendars.list', {}));
      } catch (thrown) {
        calendars.setState({ failure: sentenceOf(thrown) });
      }
    },
    /** Adds a calendar whose days can be read. Null if that was refused, which a toast shows. */
    add: (name: string, calendar: Calendar) =>
      attempt(toasts, async () => {
        const answer = await call('calendars.add', { name, calendar });
        show(answer);
        return answer;
      }),
    refresh: (name: string) => attempt(toasts, async () => show(await call('calendars.refresh', { name }))),
    remove: (name: string) =>
      attempt(toasts, async () => {
        show(await call('calendars.remove', { name }));
        showToast(toasts, { tone: 'info', message: text.calendars.removed(name) });
      }),
    /** Returns the countries, or the states of one; null if that failed, which a toast shows. */
    choices: (country?: string) =>
      attempt(toasts, async () => (await call('calendars.choices', country === undefined ? {} : { country })).choices),
  };
}
