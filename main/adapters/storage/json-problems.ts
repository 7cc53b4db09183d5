import { findNodeAtLocation, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { mostLevels, placeTooDeep } from '../../domain/success/json-levels.ts';

/** Why a JSON document is rejected, and where; lines and columns count from 1. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** Returns where a text is nested too deep to be handled, which `JSON.parse` allows; null if it is not. */
export function depthProblem(text: string): JsonProblem | null {
  const deep = placeTooDeep(text);
  if (deep === null) return null;
  return {
    ...position(text, deep),
    reason: `it is nested deeper than ${mostLevels} levels, so it was not read further`,
  };
}

/** Returns the first syntax error of a text that `JSON.parse` rejected with `message`. */
export function syntaxProblem(text: string, message: string): JsonProblem {
  const deep = depthProblem(text);
  if (deep !== null) return deep;
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (first === undefined) return { ...position(text, text.length), reason: message };
  const reason = printParseErrorCode(first.error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return { ...position(text, first.offset), reason: `not valid JSON: ${reason}` };
}

/** Returns the first problem that a schema found. */
export function schemaProblem(text: string, error: z.ZodError): JsonProblem {
  const issue = error.issues[0];
  if (issue === undefined) return { line: 1, column: 1, reason: error.message };
  return problemAt(text, issue.path, issue.message);
}

/** Returns a problem with the value at `path`, or at its nearest parent if the value is missing. */
export function problemAt(text: string, path: readonly PropertyKey[], message: string): JsonProblem {
  const keys = path.map((key) => (typeof key === 'number' ? key : String(key)));
  const where = keys.length === 0 ? 'the document' : keys.join('.');
  // The parser follows each level with a call of its own; the place of a value in such a document matters to nobody.
  const root = placeTooDeep(text) === null ? parseTree(text) : undefined;
  for (let length = keys.length; root !== undefined && length >= 0; length -= 1) {
    const node = findNodeAtLocation(root, keys.slice(0, length));
    if (node !== undefined) return { ...position(text, node.offset), reason: `${where}: ${message}` };
  }
  return { line: 1, column: 1, reason: `${where}: ${message}` };
}

function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
