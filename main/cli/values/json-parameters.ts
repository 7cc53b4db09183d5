import { readFileSync } from 'node:fs';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import { invalid, single } from '../option.ts';
import type { Option, ReadContext } from '../option.ts';

/** Defines an option whose value is a JSON object: inline, from a file with `@FILE`, or from standard input with `-`. */
export function jsonObject(describe: string): Option<Record<string, unknown> | undefined> {
  return single(describe, 'JSON', async (raw, name, context) => {
    const source = await load(raw, name, context);
    let parsed: unknown;
    try {
      parsed = JSON.parse(source);
    } catch (error) {
      const message = `${name} is not valid JSON: ${messageOf(error)}. Expected an object, in single quotes in a shell: '{"path":"/tmp"}'.`;
      throw new SchedulerError('usage/invalid-json', message, { option: name });
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      throw invalid(name, source, 'a JSON object such as {"path":"/tmp"}');
    }
    return parsed as Record<string, unknown>;
  });
}

async function load(raw: string, name: string, context: ReadContext): Promise<string> {
  if (raw === '-') return context.stdin();
  if (!raw.startsWith('@')) return raw;
  try {
    return readFileSync(raw.slice(1), 'utf8');
  } catch (error) {
    throw new SchedulerError('usage/unreadable-file', `${name}: cannot read ${raw.slice(1)}: ${messageOf(error)}.`, {
      option: name,
      path: raw.slice(1),
    });
  }
}
