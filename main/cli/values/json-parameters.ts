import { deepestLevel, isDeeperThan } from '../../contract/json-depth.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import { invalid, single } from '../option.ts';
import type { Option, ReadContext } from '../option.ts';

/** Defines an option whose value is a JSON object: inline, from a file with `@FILE`, or from standard input with `-`. */
export function jsonObject(describe: string): Option<Record<string, unknown> | undefined> {
  return single(describe, 'JSON', async (raw, name, context) => {
    const { source, parsed } = await parse(
      raw,
      name,
      context,
      `an object, in single quotes in a shell: '{"path":"/tmp"}'`,
    );
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      throw invalid(name, source, 'a JSON object such as {"path":"/tmp"}');
    }
    if (isDeeperThan(parsed, deepestLevel)) throw invalid(name, source, `JSON of at most ${deepestLevel} levels`);
    return parsed as Record<string, unknown>;
  });
}

/** Defines an option whose value is a JSON array, given in the same ways. */
export function jsonArray(describe: string): Option<unknown[] | undefined> {
  return single(describe, 'JSON', async (raw, name, context) => {
    const { source, parsed } = await parse(raw, name, context, `an array, in single quotes in a shell: '["a"]'`);
    if (!Array.isArray(parsed)) throw invalid(name, source, 'a JSON array');
    return parsed as unknown[];
  });
}

async function parse(
  raw: string,
  name: string,
  context: ReadContext,
  expected: string,
): Promise<{ source: string; parsed: unknown }> {
  const source = await load(raw, name, context);
  try {
    return { source, parsed: JSON.parse(source) };
  } catch (error) {
    const message = `${name} is not valid JSON: ${messageOf(error)}. Expected ${expected}.`;
    throw new SchedulerError('usage/invalid-json', message, { option: name });
  }
}

async function load(raw: string, name: string, context: ReadContext): Promise<string> {
  if (raw === '-') return context.stdin();
  if (!raw.startsWith('@')) return raw;
  try {
    return await context.readFile(raw.slice(1));
  } catch (error) {
    throw new SchedulerError('usage/unreadable-file', `${name}: cannot read ${raw.slice(1)}: ${messageOf(error)}.`, {
      option: name,
      path: raw.slice(1),
    });
  }
}
