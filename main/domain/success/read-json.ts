import type { JSONValue } from 'json-p3';

/**
 * Reads output as JSON; undefined if it is not JSON. Programs that print messages first often print JSON as their last
 * line.
 */
export function readJson(output: string): JSONValue | undefined {
  const lastLine = output.trimEnd().split('\n').at(-1) ?? '';
  for (const text of [output, lastLine]) {
    try {
      return JSON.parse(text) as JSONValue;
    } catch {
      // Not JSON: the caller says so.
    }
  }
  return undefined;
}
