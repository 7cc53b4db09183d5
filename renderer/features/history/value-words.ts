import {
  hasNoTimes,
  neverRunAt,
  isOnDemand,
  scheduleRuleSchema,
  scheduleText,
} from '../../../main/contract/schedule-rule.ts';
import { formatInstant, durationText, formatZone } from '../../text/format.ts';
import { text } from '../../text/en.ts';

/** Formats the value of a field for people: a schedule in one line, states, durations and instants in words. */
export function valueWords(field: string, value: unknown): string {
  if (value === null || value === undefined) return text.history.none;
  if (field === 'schedule' && isRecord(value)) return scheduleWords(value);
  if (field === 'skipUntil' && value === neverRunAt) return text.history.nextEvent;
  if (field === 'state' && isRecord(value)) return stateWords(value);
  if (field === 'paused' && isRecord(value)) return pauseWords(value);
  if (field.endsWith('Ms') && typeof value === 'number') return durationText(value);
  if (typeof value === 'string') return isInstant(value) ? formatInstant(value) : value;
  if (field === 'parameters' && isRecord(value) && typeof value['command'] === 'string') return value['command'];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return JSON.stringify(value, null, 2);
}

function scheduleWords({ cronExpression, timezone, runAt, scheduleRule }: Record<string, unknown>): string {
  const zone = typeof timezone === 'string' ? ` (${formatZone(timezone)})` : '';
  const rule = scheduleRuleSchema.safeParse(scheduleRule).data;
  if (typeof runAt === 'string') {
    const times = { cronExpression: '', runAt, scheduleRule: rule };
    if (isOnDemand(times)) return text.history.onDemand;
    return hasNoTimes(times) ? scheduleText(times) : `${formatInstant(runAt)}${zone}`;
  }
  return `${scheduleText({ cronExpression: String(cronExpression), scheduleRule: rule })}${zone}`;
}

function stateWords({ status, pausedUntil, pauseNote, errorMessage }: Record<string, unknown>): string {
  const until = typeof pausedUntil === 'string' ? ` until ${formatInstant(pausedUntil)}` : '';
  const why = [pauseNote, errorMessage].find((reason) => typeof reason === 'string');
  return `${String(status)}${until}${why === undefined ? '' : `: ${why}`}`;
}

/** Formats the pause of all schedules. */
function pauseWords({ until, note }: Record<string, unknown>): string {
  return stateWords({ status: 'paused', pausedUntil: until, pauseNote: note });
}

const isInstant = (value: string): boolean => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
