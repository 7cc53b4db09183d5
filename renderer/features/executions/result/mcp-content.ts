/** One part of a tool's answer, ready to be displayed. */
export type ContentPart =
  | { kind: 'text'; text: string }
  | { kind: 'json'; value: unknown }
  | { kind: 'image' | 'audio'; source: string }
  | { kind: 'file'; name: string; bytes: number; about: string }
  | { kind: 'lost'; reason: string; bytes: number; about: string }
  | { kind: 'link'; name: string; uri: string; description: string | null };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Types that the window shows. They come as data only: an answer must not make the window fetch. */
const shownType = /^(?:image\/(?:png|jpeg|gif|webp)|audio\/(?:wav|x-wav|mpeg|ogg|flac|mp4))$/;

/**
 * Reads a tool's result. MCP: https://modelcontextprotocol.io/specification, `CallToolResult`. Unknown
 * parts are shown as JSON, so that nothing is lost.
 */
export function readContent(result: unknown): { parts: ContentPart[]; isError: boolean } {
  if (!isRecord(result) || !Array.isArray(result['content'])) return { parts: [asJson(result)], isError: false };
  const parts = result['content'].map(readPart);
  const ofStructure = fileOf(result['structuredContentFile'], '');
  if (ofStructure !== null) parts.push(ofStructure);
  const structured = result['structuredContent'];
  // By the specification servers repeat structured content as text; it is shown only once.
  const repeated = parts.some((part) => part.kind === 'json' && sameJson(part.value, structured));
  if (structured !== undefined && !repeated) parts.push(asJson(structured));
  return { parts, isError: result['isError'] === true };
}

function readPart(part: unknown): ContentPart {
  if (!isRecord(part)) return asJson(part);
  const type = textOf(part['mimeType']) ?? '';
  const uri = textOf(part['uri']);
  const file = fileOf(part, type);
  if (file !== null) return file;
  const media = mediaOf(part['data'], type);
  if (media !== null) return media;
  if (part['type'] === 'text' && typeof part['text'] === 'string') return readText(part['text']);
  if (part['type'] === 'resource' && isRecord(part['resource'])) return readResource(part['resource'], part);
  if (part['type'] === 'resource_link' && uri !== null) {
    const description = textOf(part['description']) ?? (type === '' ? null : type);
    return { kind: 'link', name: textOf(part['title']) ?? textOf(part['name']) ?? uri, uri, description };
  }
  return asJson(part);
}

/** Reads a resource that is part of the answer: its text or image, not only its address. */
function readResource(resource: Record<string, unknown>, part: unknown): ContentPart {
  const body = textOf(resource['text']);
  if (body !== null) return readText(body);
  const file = fileOf(resource, textOf(resource['uri']) ?? textOf(resource['mimeType']) ?? '');
  if (file !== null) return file;
  return mediaOf(resource['blob'], textOf(resource['mimeType']) ?? '') ?? asJson(part);
}

/** Reads a part that was saved beside the log, or could not be. @param about where it comes from, or its type */
function fileOf(part: unknown, about: string): ContentPart | null {
  if (!isRecord(part) || typeof part['bytes'] !== 'number') return null;
  const { bytes, file, notSaved } = part;
  if (typeof notSaved === 'string') return { kind: 'lost', reason: notSaved, bytes, about };
  if (typeof file !== 'string') return null;
  return { kind: 'file', name: file.split(/[\\/]/).at(-1) ?? file, bytes, about };
}

/** Reads base64 data as a picture or sound by its media type; null for other types. */
function mediaOf(data: unknown, mimeType: string): ContentPart | null {
  if (typeof data !== 'string' || !shownType.test(mimeType)) return null;
  return { kind: mimeType.startsWith('image/') ? 'image' : 'audio', source: `data:${mimeType};base64,${data}` };
}

/** Reads a text as JSON where possible: most tools return JSON as text. */
function readText(body: string): ContentPart {
  if (!/^\s*[[{]/.test(body)) return { kind: 'text', text: body };
  try {
    return asJson(JSON.parse(body));
  } catch {
    return { kind: 'text', text: body };
  }
}

const asJson = (value: unknown): ContentPart => ({ kind: 'json', value });

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
