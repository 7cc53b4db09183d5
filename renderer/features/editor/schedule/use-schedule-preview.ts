import { useEffect, useState } from 'react';
import type { ScheduleAnswer } from '../../../../main/contract/schedule-answer.ts';
import type { CalendarPolicy } from '../../../../main/contract/calendars.ts';
import { BridgeError, sentenceOf } from '../../../bridge/bridge-error.ts';
import type { Call } from '../../../bridge/client.ts';
import { useSession } from '../../../session-context.tsx';

/** Pause in typing after which the schedule is read, in ms. Typing itself never waits. */
const TYPING_PAUSE_MS = 120;

interface ScheduleRefusal {
  message: string;
  /** The words that were not understood. */
  unused: readonly string[];
  suggestions: readonly string[];
}

export interface SchedulePreview {
  answer: ScheduleAnswer | null;
  refusal: ScheduleRefusal | null;
  /** True while the preview is about an earlier text and the new text is being read. */
  isStale: boolean;
}

const nothing: SchedulePreview = { answer: null, refusal: null, isStale: false };

/**
 * Lets the main process read a phrase while it is typed. Only the answer for the latest text counts.
 * @param calendars those of the task, whose days the next runs leave out
 */
export function useSchedulePreview(phrase: string, timezone: string, calendars?: CalendarPolicy): SchedulePreview {
  const { call } = useSession();
  const [preview, setPreview] = useState(nothing);
  // A form makes a new object at each key press.
  const chosen = calendars === undefined ? '' : JSON.stringify(calendars);
  useEffect(() => {
    const wanted = phrase.trim();
    if (wanted === '') {
      setPreview(nothing);
      return undefined;
    }
    let outdated = false;
    setPreview((shown) => ({ ...shown, isStale: true }));
    const timer = setTimeout(() => {
      void readPhrase(call, wanted, timezone, chosen).then((read) => !outdated && setPreview(read));
    }, TYPING_PAUSE_MS);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [call, phrase, timezone, chosen]);
  return preview;
}

async function readPhrase(call: Call, phrase: string, timezone: string, chosen: string): Promise<SchedulePreview> {
  try {
    const answer = await call('schedule.parse', {
      phrase,
      ...(timezone === '' ? {} : { timezone }),
      ...(chosen === '' ? {} : { calendars: JSON.parse(chosen) as CalendarPolicy }),
    });
    return { answer, refusal: null, isStale: false };
  } catch (thrown) {
    return { answer: null, refusal: refusalOf(thrown), isStale: false };
  }
}

function refusalOf(thrown: unknown): ScheduleRefusal {
  if (!(thrown instanceof BridgeError)) return { message: sentenceOf(thrown), unused: [], suggestions: [] };
  const suggestions = thrown.texts('suggestions');
  return {
    message: withoutHint(thrown.message, suggestions),
    unused: thrown.texts('unused'),
    suggestions: suggestions.slice(0, 3),
  };
}

/** Removes the suggestions from the end of a message, because the field offers them as buttons below it. */
export function withoutHint(message: string, suggestions: readonly string[]): string {
  const hint = ` Try ${suggestions.map((phrase) => `"${phrase}"`).join(', ')}.`;
  return suggestions.length > 0 && message.endsWith(hint) ? message.slice(0, -hint.length) : message;
}
