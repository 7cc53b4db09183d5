import { formatDuration } from '../durations.ts';
import type { AlertEvent } from './event.ts';

/** Returns text in one line: a name with line breaks must not look like two lines, or add a header. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** Returns the sentences for people: what happened, and whether the alert is late or may have come before. */
export function sentencesOf({ kind, message, lateMs, possiblyTwice }: AlertEvent): string {
  const late = lateMs === null ? [] : [`This happened ${formatDuration(lateMs)} ago and could not be sent before.`];
  const twice = possiblyTwice ? ['You may have received this alert before.'] : [];
  // Only a digest has lines of its own; it has put each name into one line.
  const lines = kind === 'digest' ? message.split('\n').map(oneLine) : [oneLine(message)];
  return [...lines, ...late, ...twice].join('\n');
}
