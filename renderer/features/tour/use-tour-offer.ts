import { useEffect, useRef } from 'react';
import { useCommands, useSchedule, useSettings } from '../../session-context.tsx';

/** Offers the tour once, when the settings have arrived: to a person who has not seen it and has no tasks yet. */
export function useTourOffer(): void {
  const { tour } = useCommands();
  const seen = useSettings(({ settings }) => (settings === null ? null : settings.tourSeen === true));
  const isNew = useSchedule(({ tasks, store }) => tasks.length === 0 && store.state !== 'read-only');
  const isDecided = useRef(false);
  useEffect(() => {
    if (isDecided.current || seen === null) return;
    isDecided.current = true;
    if (!seen && isNew) tour.offer();
  }, [tour, seen, isNew]);
}
