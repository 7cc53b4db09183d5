import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import type { ClientCapabilities, InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { missingTexts } from '../given-parameters.ts';
import type { OwnTool } from '../own-tool.ts';

type Request = Pick<ServerContext['mcpReq'], 'inputResponses'>;

/** The name of the form in the request and in its answer. */
const form = 'missing';

/**
 * Returns a form in which the person adds the text that a call lacks, such as the name of a task. Null if nothing is
 * missing that a person can type, if the client shows no forms, or if it was asked already: the error then names the fields.
 */
export function questionFor(
  { title, input }: OwnTool,
  given: unknown,
  { inputResponses }: Request,
  capabilities: ClientCapabilities | undefined,
): InputRequiredResult | null {
  if (inputResponses !== undefined || !showsForms(capabilities)) return null;
  const names = missingTexts(input, given);
  if (names.length === 0) return null;
  const fields = names.map((name) => [
    name,
    { type: 'string', ...(words[name] ?? { title: name, ...describedBy(input, name) }) } as const,
  ]);
  const question = inputRequired.elicit({
    message: `${title}: ${names.length === 1 ? 'one parameter is' : `${names.length} parameters are`} missing.`,
    requestedSchema: { type: 'object', properties: Object.fromEntries(fields) as Fields, required: names },
  });
  return inputRequired({ inputRequests: { [form]: question } });
}

/** The fields of the form for a person. The descriptions in the schemas are for models. */
const words: Readonly<Record<string, { title: string; description: string }>> = {
  job_id: { title: 'Task', description: 'Which task? Enter its name or ID.' },
  execution_id: { title: 'Run', description: 'Which run? Enter its ID.' },
  name: { title: 'Name', description: 'Enter a name.' },
  schedule: { title: 'Schedule', description: 'When does the task run? For example: daily at 9.' },
  tool: { title: 'Tool', description: 'Which tool does the task run? For example: shell:run.' },
};

type Fields = Record<string, { type: 'string'; title: string; description?: string }>;

/** A client that names no kind of form shows those with fields: that was the only one until 2025-11-25. */
function showsForms(capabilities: ClientCapabilities | undefined): boolean {
  const elicitation = capabilities?.elicitation;
  if (elicitation === undefined) return false;
  return elicitation.form !== undefined || elicitation.url === undefined;
}

function describedBy({ shape }: z.ZodObject, name: string): { description?: string } {
  const { description } = shape[name] as z.ZodType;
  return description === undefined ? {} : { description };
}

/** Returns the parameters of a call with what the person added. Only what was missing is taken from the form. */
export function completed({ input }: OwnTool, given: unknown, { inputResponses }: Request): unknown {
  const added = acceptedContent(inputResponses, form);
  if (added === undefined) return given;
  const texts = missingTexts(input, given).flatMap((name) => {
    const value = added[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value] as const] : [];
  });
  return { ...(given as object | undefined), ...Object.fromEntries(texts) };
}
