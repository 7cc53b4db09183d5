import { useEffect, useState } from 'react';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import styles from '../settings.module.css';
import { emptyCalendar, readCalendar } from './calendar-entry.ts';
import type { CalendarEntry, CalendarErrors } from './calendar-entry.ts';

const c = bindClasses(styles);
const words = text.calendars;

interface Place {
  readonly code: string;
  readonly name: string;
}

/** A form that adds public holidays, a calendar file or dates. */
export function AddCalendar({ known }: { known: readonly string[] }) {
  const { calendars } = useCommands();
  const [entry, setEntry] = useState<CalendarEntry>(emptyCalendar);
  const [errors, setErrors] = useState<CalendarErrors>({});
  const [isBusy, setBusy] = useState(false);
  const change = (part: Partial<CalendarEntry>) => setEntry((before) => ({ ...before, ...part }));
  const add = async () => {
    const read = readCalendar(entry, known);
    setErrors('errors' in read ? read.errors : {});
    if ('errors' in read || isBusy) return;
    setBusy(true);
    const added = await calendars.add(read.name, read.calendar);
    setBusy(false);
    if (added !== null) setEntry({ ...emptyCalendar, kind: entry.kind, country: entry.country });
  };
  return (
    <form
      className={c('addPairs')}
      aria-label={words.addCalendar}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={words.name} error={errors.name}>
        {(ids) => <TextInput {...ids} value={entry.name} onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      <Field label={words.kind}>
        {(ids) => (
          <Select {...ids} value={entry.kind} options={optionsOf(words.kinds)} onChange={(kind) => change({ kind })} />
        )}
      </Field>
      {entry.kind === 'holidays' && <Places entry={entry} onChange={change} />}
      {entry.kind === 'ics' && (
        <div className={c('whole')}>
          <Field label={words.from} hint={words.fromHint} error={errors.from}>
            {(ids) => (
              <TextInput {...ids} code value={entry.from} onChange={(event) => change({ from: event.target.value })} />
            )}
          </Field>
        </div>
      )}
      {entry.kind === 'dates' && (
        <div className={c('whole')}>
          <Field label={words.dates} hint={words.datesHint} error={errors.dates}>
            {(ids) => (
              <TextArea
                {...ids}
                rows={3}
                value={entry.dates}
                onChange={(event) => change({ dates: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      <Button type="submit" busy={isBusy}>
        {words.add}
      </Button>
    </form>
  );
}

interface PlacesProps {
  entry: CalendarEntry;
  onChange: (part: Partial<CalendarEntry>) => void;
}

function Places({ entry: { country, state }, onChange }: PlacesProps) {
  const countries = usePlaces(null);
  const states = usePlaces(country);
  const options = (places: readonly Place[]) => places.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <Field label={words.country}>
        {(ids) => (
          <Select
            {...ids}
            value={country}
            options={countries.length === 0 ? [{ value: country, label: country }] : options(countries)}
            onChange={(chosen) => onChange({ country: chosen, state: '' })}
          />
        )}
      </Field>
      {states.length > 0 && (
        <Field label={words.state}>
          {(ids) => (
            <Select
              {...ids}
              value={state}
              options={[{ value: '', label: words.wholeCountry }, ...options(states)]}
              onChange={(chosen) => onChange({ state: chosen })}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** Returns the countries, or the states of one. Empty until they are known. */
function usePlaces(country: string | null): readonly Place[] {
  const { calendars } = useCommands();
  const [places, setPlaces] = useState<readonly Place[]>([]);
  useEffect(() => {
    let outdated = false;
    setPlaces([]);
    void calendars.choices(country ?? undefined).then((found) => {
      if (!outdated) setPlaces(found ?? []);
    });
    return () => {
      outdated = true;
    };
  }, [calendars, country]);
  return places;
}
