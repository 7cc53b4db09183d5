import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@modelcontextprotocol/client';
import type { Application } from '../../application/application.ts';
import type { Wish } from './wish.ts';

/** What a wish took, and how it ended. */
export interface Outcome {
  readonly wish: string;
  readonly calls: number;
  /** The text of each call that failed. */
  readonly errors: readonly string[];
  /** What is not as it must be, as sentences. */
  readonly wrong: readonly string[];
}

/**
 * Plays the model of a wish: makes its calls in order until the last tool of the script succeeds, and compares the state.
 */
export async function runWish(wish: Wish, client: Client, application: Application): Promise<Outcome> {
  const errors: string[] = [];
  let calls = 0;
  let text = '';
  for (const [name, parameters] of wish.calls) {
    const answer = await client.callTool({ name, arguments: { ...parameters } });
    calls += 1;
    const [first] = answer.content;
    text = first?.type === 'text' ? first.text : '';
    if (answer.isError === true) errors.push(text);
    else if (name === wish.calls.at(-1)?.[0]) break;
  }
  return { wish: wish.wish, calls, errors, wrong: await differences(wish, text, application) };
}

/**
 * Compares the tasks with what must follow, as sentences.
 * @param text the last answer, or all of them
 */
export async function differences(wish: Wish, text: string, application: Application): Promise<string[]> {
  const wrong: string[] = [];
  const { says, tasks = {} } = wish;
  if (says !== undefined && !says.test(text)) wrong.push(`The answer does not say ${says.source}: ${text}`);
  const all = (await application.tasks()).list({});
  for (const [name, expected] of Object.entries(tasks)) {
    const found = all.find((task) => task.name === name);
    if (expected === null) {
      if (found !== undefined) wrong.push(`${name} still exists.`);
      continue;
    }
    if (found === undefined) {
      wrong.push(`${name} does not exist.`);
      continue;
    }
    const fields: Readonly<Record<string, unknown>> = { ...found };
    for (const [field, value] of Object.entries(expected)) {
      if (!isDeepStrictEqual(fields[field], value))
        wrong.push(`${name}: ${field} is ${JSON.stringify(fields[field])}, not ${JSON.stringify(value)}.`);
    }
  }
  return wrong;
}
