import { AnswerFiles } from './answer-files.ts';
import { fitted } from './fitted-result.ts';
import type { KeptFile } from './answer-files.ts';
import type { RunnerContext } from '../../runner.ts';
import type { McpAnswer } from '../connection.ts';

type Part = McpAnswer['content'][number];
type Fields = Record<string, unknown>;

/** The result of a run and what of it is text. */
export interface KeptAnswer {
  readonly result: unknown;
  readonly texts: readonly string[];
}

/**
 * Writes the texts of an answer to the log and its pictures, sound and other data to files beside it. Returns the
 * result of the run, which names the files and stays within one limit.
 */
export function keepAnswer(answer: McpAnswer, context: RunnerContext): KeptAnswer {
  const files = new AnswerFiles(context);
  const stream = answer.isError === true ? 'err' : 'out';
  const texts: string[] = [];
  const writeText = (text: string): void => {
    texts.push(text);
    context.output(stream, Buffer.from(`${text}\n`));
  };
  context.structured(answer.structuredContent);
  const content = answer.content.map((part) =>
    keptPart(part, { files, writeText, say: (text) => context.log.sys(text) }),
  );
  if (content.length === 0) writeText(JSON.stringify(answer.structuredContent ?? {}, null, 2));
  const saveStructure = (json: string): KeptFile =>
    files.save('structured content', 'application/json', Buffer.from(json));
  const { result, omitted } = fitted({ ...answer, content }, saveStructure);
  for (const text of omitted) context.log.sys(`Not in the result of the run: ${text}.`);
  return { result, texts };
}

interface Keeping {
  readonly files: AnswerFiles;
  readonly writeText: (text: string) => void;
  readonly say: (text: string) => void;
}

function keptPart(part: Part, keeping: Keeping): Part {
  const { data, mimeType, ...rest } = part;
  const resource = part['resource'];
  switch (part.type) {
    case 'text':
      if (typeof part['text'] === 'string') keeping.writeText(part['text']);
      return part;
    case 'image':
    case 'audio':
      if (typeof data !== 'string') return otherPart(part, keeping);
      return { ...rest, ...saved(part.type === 'image' ? 'a picture' : 'sound', data, mimeType, keeping) };
    case 'resource':
      return isFields(resource) ? { ...part, resource: keptResource(resource, keeping) } : otherPart(part, keeping);
    case 'resource_link':
      keeping.say(`The answer links to ${asText(part['uri'])}.`);
      return part;
    default:
      return otherPart(part, keeping);
  }
}

/** Embedded text is text; other data becomes a file. */
function keptResource(resource: Fields, keeping: Keeping): Fields {
  const { blob, ...rest } = resource;
  if (typeof resource['text'] === 'string') {
    keeping.say(`The answer embeds ${asText(resource['uri'])}:`);
    keeping.writeText(resource['text']);
    return resource;
  }
  if (typeof blob !== 'string') return resource;
  return { ...rest, ...saved(`the data of ${asText(resource['uri'])}`, blob, resource['mimeType'], keeping) };
}

function saved(what: string, base64: string, mimeType: unknown, { files }: Keeping): Fields {
  const type = typeof mimeType === 'string' ? mimeType : '';
  return { ...(type === '' ? {} : { mimeType: type }), ...files.save(what, type, Buffer.from(base64, 'base64')) };
}

function otherPart(part: Part, { say }: Keeping): Part {
  say(`The answer has a part of type ${part.type}: ${JSON.stringify(part).length} characters.`);
  return part;
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, 500) : 'something without an address';

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
