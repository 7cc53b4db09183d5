import type { JSONValue } from 'json-p3';
import type { Probe } from '../../contract/probe.ts';
import { jsonValuesAt } from '../success/json-check.ts';
import { readJson } from '../success/read-json.ts';
import { foundBy, withoutMatches } from './expressions.ts';

/** What a probe answered. */
export interface ProbeAnswer {
  readonly text: string;
  /** The answer as JSON, if the tool gives it apart from its text. */
  readonly structured?: unknown;
}

type Rule = Pick<Probe, 'path' | 'pattern' | 'ignore'>;

/**
 * Returns the part of an answer that is compared, line by line without white space at the ends; or why there is none. A
 * value or a match that the answer does not have is an empty part.
 */
export function comparedPart(
  answer: ProbeAnswer,
  rule: Rule,
): { readonly text: string } | { readonly problem: string } {
  const chosen = rule.path === undefined ? answer.text : valuesText(answer, rule.path);
  if (chosen === null) return { problem: 'its answer is not JSON, and a JSON path is compared' };
  const found = rule.pattern === undefined ? chosen : foundBy(rule.pattern, chosen).join('\n');
  const kept = (rule.ignore ?? []).reduce((text, pattern) => withoutMatches(pattern, text), found);
  return {
    text: kept
      .replaceAll('\r\n', '\n')
      .replaceAll(/[^\S\n]+$/gm, '')
      .trim(),
  };
}

/** Returns a text in which white space makes no difference. Empty lines do not count. */
export function withoutWhiteSpace(text: string): string {
  const lines = text.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim());
  return lines.filter((line) => line !== '').join('\n');
}

function valuesText({ text, structured }: ProbeAnswer, path: string): string | null {
  const json = structured === undefined ? readJson(text) : (structured as JSONValue);
  if (json === undefined) return null;
  return jsonValuesAt(path, json)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2)))
    .join('\n');
}
