import type { JSONValue } from 'json-p3';
import { placeTooDeep } from './json-levels.ts';

/**
 * Reads output as JSON; undefined if it is not JSON, or nested too deep to be searched. Programs that print messages first often print JSON as their last
 * line.
 */
export function readJson(output: string): JSONValue | undefined {
  const lastLine = output.trimEnd().split('\n').at(-1) ?? '';
  for (const text of [output, lastLine]) {
    try {
      const value = JSON.parse(text) as JSONValue;
      return placeTooDeep(text) === null ? value : undefined;
    } catch {
      // Not JSON: the caller says so.
    }
  }
  return undefined;
}
