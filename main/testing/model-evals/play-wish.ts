import { messageOf } from '../../domain/errors.ts';
import { differences } from '../../mcp-server/evals/run-wish.ts';
import type { Outcome } from '../../mcp-server/evals/run-wish.ts';
import { wishes } from '../../mcp-server/evals/wishes/all.ts';
import type { Wish } from '../../mcp-server/evals/wish.ts';
import { connectClient } from '../mcp-harness.ts';
import { memoryApplication, type MemoryApplication } from '../memory-application.ts';
import type { CallAnswer, ModelCall, OpenConversation } from './model-api.ts';

/** One step of a conversation, for the transcript. */
export type Step =
  | { readonly model: string }
  | { readonly call: string; readonly input: unknown; readonly answer: string; readonly isError: boolean };

export interface Played extends Outcome {
  readonly steps: readonly Step[];
}

/** More than any wish needs: a model that goes on has lost its way. */
const mostCalls = 12;
const manner =
  'You have the tools of a task scheduler. Do what the person asks with them, and nothing else. Nobody can answer questions: decide yourself.';

/** Returns the wishes that contain one of the texts; all of them without texts. */
export const chosenWishes = (texts: readonly string[]): Wish[] =>
  wishes.filter(({ wish }) => texts.length === 0 || texts.some((text) => wish.includes(text)));

/** Lets a model fulfil a wish with the tools of the server, on a scheduler in memory that runs nothing on this machine. */
export async function playWish(wish: Wish, open: OpenConversation): Promise<Played> {
  const application = memoryApplication();
  try {
    return await play(wish, open, application);
  } finally {
    application.dispose();
  }
}

async function play(wish: Wish, open: OpenConversation, application: MemoryApplication): Promise<Played> {
  await prepare(wish, application);
  const connection = await connectClient(application, { permission: 'allow' });
  const { client } = connection;
  const { tools } = await client.listTools();
  const offered = tools.map(({ name, description = '', inputSchema }) => ({ name, description, inputSchema }));
  const conversation = open(`${manner}\n\n${client.getInstructions() ?? ''}`, offered);
  const steps: Step[] = [];
  const run = async ({ id, name, input }: ModelCall): Promise<CallAnswer> => {
    const { text, isError } = await called(client, name, input);
    steps.push({ call: name, input, answer: text, isError });
    return { id, text, isError };
  };
  let turn = await conversation.say([wish.told ?? '', wish.wish].join(' ').trim());
  for (;;) {
    if (turn.text !== '') steps.push({ model: turn.text });
    if (turn.calls.length === 0 || callsOf(steps).length >= mostCalls) break;
    const answers: CallAnswer[] = [];
    for (const call of turn.calls) answers.push(await run(call));
    turn = await conversation.answer(answers);
  }
  await connection.close();
  const calls = callsOf(steps);
  const said = calls.map(({ answer }) => answer).join('\n');
  const errors = calls.filter(({ isError }) => isError).map(({ answer }) => answer);
  return { wish: wish.wish, calls: calls.length, errors, wrong: await differences(wish, said, application), steps };
}

async function prepare({ given = [] }: Wish, application: MemoryApplication): Promise<void> {
  const tasks = await application.tasks();
  for (const { active, ...draft } of given) {
    const created = await tasks.create(tasks.readDraft(draft), 'test');
    if (active === false) await tasks.pause(created.task.id, {}, 'test');
  }
}

/** Calls a tool. An error of the protocol is one of the call, as a client reports it to its model. */
async function called(
  client: Awaited<ReturnType<typeof connectClient>>['client'],
  name: string,
  input: unknown,
): Promise<Pick<CallAnswer, 'text' | 'isError'>> {
  try {
    const answer = await client.callTool({ name, arguments: input as Record<string, unknown> });
    const text = answer.content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n');
    return { text, isError: answer.isError === true };
  } catch (problem) {
    return { text: messageOf(problem), isError: true };
  }
}

const callsOf = (steps: readonly Step[]) => steps.flatMap((step) => ('call' in step ? step : []));
