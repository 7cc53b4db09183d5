import {
  hasNoTimes,
  neverRunAt,
  isOnDemand,
  scheduleRuleSchema,
  scheduleText,
} from '../../../main/contract/schedule-rule.ts';
import type { ShownDifference } from '../../../main/contract/history.ts';
import { policiesSchema } from '../../../main/contract/task.ts';
import { formatBytes } from '../../../main/contract/sizes.ts';
import { formatInstant, durationText, formatZone } from '../../text/format.ts';
import { text } from '../../text/en.ts';
import { afterWords } from '../chains/links.ts';
import { choiceWords } from './choice-words.ts';

/** Returns the name of a task; undefined for a task that is gone. */
export type NameOf = (taskId: string) => string | undefined;

/** Formats one side of a difference for people. */
export function sideWords(difference: ShownDifference, side: 'before' | 'after', nameOf: NameOf): string {
  if (difference.field === 'policies.after') return chainWords(difference[side], nameOf);
  return valueWords(difference.field, difference[side], difference.sentences?.[side] ?? null);
}

/**
 * Formats the value of a field for people: states, choices, durations, sizes and instants in words.
 * @param sentence the words of a schedule; without them its expression is shown
 */
export function valueWords(field: string, value: unknown, sentence: string | null = null): string {
  if (value === null || value === undefined) return text.history.none;
  if (field === 'schedule' && isRecord(value)) return scheduleWords(value, sentence);
  if (field === 'skipUntil' && value === neverRunAt) return text.history.nextEvent;
  if (field === 'state' && isRecord(value)) return stateWords(value);
  if (field === 'paused' && isRecord(value)) return pauseWords(value);
  if (field === 'parameters' && isRecord(value)) return parameterWords(value);
  if (field === 'policies.conditions' && isRecord(value)) return partsWords(namedConditions(value), true);
  if (typeof value === 'string') return sentence ?? choiceWords(field, value) ?? plainWords(field, value);
  // Parts of these have names of their own, which stay as they are.
  const isNamed = /^(?:mcpServers|machines|calendars)\./.test(field);
  return isRecord(value) ? partsWords(value, isNamed) : plainWords(field, value, isNamed);
}

/** Names the tasks of a chain: their ids mean nothing to people. */
function chainWords(value: unknown, nameOf: NameOf): string {
  const links = policiesSchema.shape.after.safeParse(value ?? undefined).data;
  if (links === undefined) return valueWords('', value);
  return links.length === 0 ? text.history.none : afterWords(links, nameOf);
}

function parameterWords({ command, url, method, ...rest }: Record<string, unknown>): string {
  const others = Object.keys(rest).length === 0 ? '' : `, ${partsWords(rest, true)}`;
  if (typeof command === 'string') return `${command}${others}`;
  if (typeof url === 'string') return `${typeof method === 'string' ? method : 'GET'} ${url}${others}`;
  const all = Object.entries({ command, url, method, ...rest }).filter(([, value]) => value !== undefined);
  return partsWords(Object.fromEntries(all), true);
}

/** Returns conditions by the names that the editor gives them: `only when online`. */
function namedConditions({ online, onACPower, ...others }: Record<string, unknown>): Record<string, unknown> {
  const { onlyOnline, onlyOnPower } = text.editor;
  return {
    ...(online === undefined ? {} : { [onlyOnline.toLowerCase()]: online }),
    ...(onACPower === undefined ? {} : { [onlyOnPower.toLowerCase()]: onACPower }),
    ...others,
  };
}

/** Formats a structure as `count 3, delay 1m`. With `isNamed`, the names are a person's, and stay: `to: me@example.org`. */
function partsWords(parts: Record<string, unknown>, isNamed: boolean): string {
  const words = Object.entries(parts).map(([name, value]) => {
    const shown = isRecord(value) ? `(${partsWords(value, isNamed)})` : plainWords(name, value, isNamed);
    return isNamed ? `${name}: ${shown}` : `${wordsOfName(name)} ${shown}`;
  });
  return words.length === 0 ? text.history.none : words.join(', ');
}

const wordsOfName = (name: string): string =>
  name.replace(/(?:Ms|Bytes|Mb)$/, '').replaceAll(/(?<=[a-z])[A-Z]+/g, (letters) => ` ${letters.toLowerCase()}`);

/** Formats a value whose name says its unit. With `isNamed`, the name says nothing. */
function plainWords(name: string, value: unknown, isNamed = false): string {
  if (typeof value === 'boolean') return value ? text.history.yes : text.history.no;
  if (typeof value === 'number' && !isNamed) {
    if (name.endsWith('Ms') || name === 'defaultTimeout') return durationText(value);
    if (name.endsWith('Bytes')) return formatBytes(value);
    if (name.endsWith('Mb')) return `${value} MB`;
  }
  if (typeof value === 'string') return isInstant(value) ? formatInstant(value) : value;
  if (Array.isArray(value)) return value.map((item) => itemWords(item, isNamed)).join(', ') || text.history.none;
  return isRecord(value) ? `(${partsWords(value, isNamed)})` : String(value);
}

const itemWords = (item: unknown, isNamed: boolean): string => plainWords('', item, isNamed);

function scheduleWords(
  { cronExpression, timezone, runAt, scheduleRule }: Record<string, unknown>,
  sentence: string | null,
): string {
  const zone = typeof timezone === 'string' ? ` (${formatZone(timezone)})` : '';
  const rule = scheduleRuleSchema.safeParse(scheduleRule).data;
  if (typeof runAt === 'string') {
    const times = { cronExpression: '', runAt, scheduleRule: rule };
    if (isOnDemand(times)) return text.history.onDemand;
    return hasNoTimes(times) ? (sentence ?? scheduleText(times)) : `${sentence ?? formatInstant(runAt)}${zone}`;
  }
  return `${sentence ?? scheduleText({ cronExpression: String(cronExpression), scheduleRule: rule })}${zone}`;
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
