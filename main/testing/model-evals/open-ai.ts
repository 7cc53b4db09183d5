import { z } from 'zod';
import { post, type ApiAccess, type ModelTurn, type OpenConversation } from './model-api.ts';

/** https://platform.openai.com/docs/api-reference/chat */
const answerSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.looseObject({
          content: z.string().nullish(),
          tool_calls: z
            .array(z.looseObject({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
            .nullish(),
        }),
      }),
    )
    .min(1),
});

/** Talks to a model through OpenAI's Chat Completions API, which many other services and local programs offer, too. */
export function openAiModel(access: ApiAccess): OpenConversation {
  const headers = { authorization: `Bearer ${access.key}` };
  return (system, offered) => {
    const tools = offered.map(({ name, description, inputSchema }) => ({
      type: 'function',
      function: { name, description, parameters: inputSchema },
    }));
    const messages: object[] = [{ role: 'system', content: system }];
    const next = async (...more: readonly object[]): Promise<ModelTurn> => {
      messages.push(...more);
      const answer = await post(access, '/chat/completions', headers, { model: access.model, messages, tools });
      const said = answerSchema.parse(answer).choices[0]?.message ?? {};
      messages.push(said);
      const calls = (said.tool_calls ?? []).map(({ id, function: { name, arguments: input } }) => ({
        ...{ id, name, input: parsed(input) },
      }));
      return { text: said.content ?? '', calls };
    };
    return {
      say: (content) => next({ role: 'user', content }),
      answer: (answers) => next(...answers.map(({ id, text }) => ({ role: 'tool', tool_call_id: id, content: text }))),
    };
  };
}

/** Arguments that are no JSON go to the server as they are: a client would send them, and the server's answer counts. */
function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return text;
  }
}
