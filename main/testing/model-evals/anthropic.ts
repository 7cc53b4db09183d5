import { z } from 'zod';
import { post, type ApiAccess, type ModelTurn, type OpenConversation } from './model-api.ts';

/** https://docs.anthropic.com/en/api/messages */
const answerSchema = z.object({
  content: z.array(
    z.looseObject({
      type: z.string(),
      text: z.string().optional(),
      id: z.string().optional(),
      name: z.string().optional(),
      input: z.unknown().optional(),
    }),
  ),
});
const mostTokens = 4096;

/** Talks to a model through Anthropic's Messages API. */
export function anthropicModel(access: ApiAccess): OpenConversation {
  const headers = { 'x-api-key': access.key, 'anthropic-version': '2023-06-01' };
  return (system, offered) => {
    const tools = offered.map(({ name, description, inputSchema }) => ({
      name,
      description,
      input_schema: inputSchema,
    }));
    const messages: object[] = [];
    const next = async (content: unknown): Promise<ModelTurn> => {
      messages.push({ role: 'user', content });
      const body = { model: access.model, max_tokens: mostTokens, system, tools, messages };
      const said = answerSchema.parse(await post(access, '/v1/messages', headers, body)).content;
      messages.push({ role: 'assistant', content: said });
      return {
        text: said.flatMap(({ text }) => text ?? []).join('\n'),
        calls: said.flatMap(({ type, id = '', name = '', input }) => (type === 'tool_use' ? { id, name, input } : [])),
      };
    };
    return {
      say: (text) => next(text),
      answer: (answers) =>
        next(
          answers.map(({ id, text, isError }) => ({
            ...{ type: 'tool_result', tool_use_id: id, content: text, is_error: isError },
          })),
        ),
    };
  };
}
