import { useEffect } from 'react';
import { useStore } from 'zustand';
import { builtInCalendars } from '../../../../main/contract/calendars.ts';
import type { CalendarView } from '../../../../main/contract/calendars.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Section } from '../section.tsx';
import styles from '../settings.module.css';
import { AddCalendar } from './add-calendar.tsx';

const c = bindClasses(styles);
const words = text.calendars;

/** Lists the calendars that tasks can name. */
export function CalendarsSection() {
  const { calendars } = useCommands();
  const { stores } = useSession();
  const { list, failure } = useStore(stores.calendars);
  useEffect(() => void calendars.load(), [calendars]);
  const own = (list ?? []).filter(({ name }) => !Object.hasOwn(builtInCalendars, name));
  return (
    <Section title={words.title}>
      <p className={c('remark')}>{words.hint}</p>
      {failure !== null && (
        <p className={c('remark', 'bad')} role="alert">
          {failure}
        </p>
      )}
      {list !== null && own.length === 0 && <p className={c('remark')}>{words.none}</p>}
      {own.map((calendar) => (
        <CalendarRow key={calendar.name} calendar={calendar} />
      ))}
      <AddCalendar known={(list ?? []).map(({ name }) => name)} />
    </Section>
  );
}

function CalendarRow({ calendar: { name, kind, about, next, problem, tasks } }: { calendar: CalendarView }) {
  const { calendars } = useCommands();
  const facts = [
    about,
    next === null ? '' : words.nextDay(next.date, next.name),
    tasks.length === 0 ? '' : words.usedBy(tasks.length),
  ];
  return (
    <div className={c('server')}>
      <div className={c('calendarText')}>
        <strong>{name}</strong>
        <span className={c('faint')}>{facts.filter((fact) => fact !== '').join(' · ')}</span>
        {problem !== null && <span className={c('warnWord')}>{problem}</span>}
      </div>
      {kind === 'ics' && (
        <Button
          size="small"
          look="quiet"
          aria-label={words.readAgainNamed(name)}
          onClick={() => void calendars.refresh(name)}
        >
          {words.readAgain}
        </Button>
      )}
      <Button
        size="small"
        look="quiet"
        aria-label={words.removeNamed(name)}
        onClick={() => void calendars.remove(name)}
      >
        {words.remove}
      </Button>
    </div>
  );
}
