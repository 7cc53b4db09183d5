import type { KeptFile } from './answer-files.ts';
import type { McpAnswer } from '../connection.ts';

type Part = McpAnswer['content'][number];

/** Largest result of a run, in characters of JSON. */
export const largestResult = 256 * 1024;
/** Space for what says that something was omitted, in the result and in a cut text. */
const markerRoom = 1024;
const textMarkerRoom = 256;

export interface FittedResult {
  readonly result: unknown;
  /** What the result does not hold, each without a full stop. */
  readonly omitted: readonly string[];
}

/**
 * Returns an answer as a result of at most `largestResult` characters. Structured content that does not fit becomes a
 * file; a text that does not fit is cut; other parts that do not fit are omitted.
 */
export function fitted(answer: McpAnswer, saveStructure: (json: string) => KeptFile): FittedResult {
  if (JSON.stringify(answer).length <= largestResult) return { result: answer, omitted: [] };
  const { content, structuredContent, isError = false } = answer;
  const room = largestResult - markerRoom;
  const json = structuredContent === undefined ? '' : JSON.stringify(structuredContent);
  const keepsStructure = json !== '' && json.length <= room / 2;
  const parts = fittedParts(content, keepsStructure ? room - json.length : room);
  const omitted = [...parts.omitted];
  const structure: Record<string, unknown> = {};
  if (keepsStructure) structure['structuredContent'] = structuredContent;
  else if (json !== '') {
    structure['structuredContentFile'] = saveStructure(json);
    omitted.push(`the structured content, ${json.length} characters of JSON`);
  }
  return { result: { content: parts.kept, ...structure, isError, shortened: true, omitted }, omitted };
}

function fittedParts(content: readonly Part[], room: number): { kept: Part[]; omitted: string[] } {
  const kept: Part[] = [];
  let left = room;
  let characters = 0;
  let parts = 0;
  for (const part of content) {
    const whole = JSON.stringify(part).length + 1;
    const fitting = whole <= left ? { part, cut: 0 } : cutPart(part, left);
    if (fitting === null) {
      parts += 1;
      continue;
    }
    kept.push(fitting.part);
    left -= JSON.stringify(fitting.part).length + 1;
    characters += fitting.cut;
  }
  const omitted = [
    ...(characters > 0
      ? [`${characters} characters of its texts, which are in the log as far as its limit allows`]
      : []),
    ...(parts > 0 ? [`${parts} of ${content.length} parts of the answer`] : []),
  ];
  return { kept, omitted };
}

/** Returns a part with its text cut so that its JSON fits; null if it has no text, or if next to nothing is left. */
function cutPart(part: Part, room: number): { readonly part: Part; readonly cut: number } | null {
  const resource = part['resource'] as Readonly<Record<string, unknown>> | undefined;
  const text = part['text'] ?? resource?.['text'];
  if (typeof text !== 'string') return null;
  const others = JSON.stringify(part).length - JSON.stringify(text).length;
  const head = headOf(text, room - others - textMarkerRoom);
  if (head === '') return null;
  const cut = text.length - head.length;
  const shown = `${head}… (${cut} characters omitted)`;
  const shorter =
    part['text'] === undefined ? { ...part, resource: { ...resource, text: shown } } : { ...part, text: shown };
  return { part: shorter, cut };
}

/** Returns the longest beginning found whose JSON has at most this many characters: JSON writes some as six. */
function headOf(text: string, mostCharacters: number): string {
  let head = text.slice(0, Math.max(0, mostCharacters));
  for (let size = JSON.stringify(head).length; head !== '' && size > mostCharacters; size = JSON.stringify(head).length)
    head = head.slice(0, Math.floor((head.length * mostCharacters) / size));
  // Never half of a character outside the basic plane.
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}
