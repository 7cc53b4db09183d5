import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Lists, adds and removes calendars, and reads their days again. */
export function calendarHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'calendars'> {
  return {
    'calendars.list': async () => ({ calendars: (await application.calendars()).list() }),
    'calendars.add': async ({ name, calendar }) => {
      const calendars = await application.calendars();
      await calendars.add(name, calendar, author);
      return { calendars: calendars.list() };
    },
    'calendars.remove': async ({ name }) => {
      const calendars = await application.calendars();
      calendars.remove(name, author);
      return { calendars: calendars.list() };
    },
    'calendars.refresh': async ({ name }) => {
      const calendars = await application.calendars();
      await calendars.refresh(name);
      return { calendars: calendars.list() };
    },
    'calendars.choices': async ({ country }) => ({
      choices: await (await application.calendars()).choices(country),
    }),
  };
}
