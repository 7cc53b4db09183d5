/** One part of a tool's answer, ready to be shown. */
export type ContentPart =
  { kind: 'text'; text: string } | { kind: 'image'; source: string } | { kind: 'link'; name: string; uri: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Only pictures the page's policy lets through, and only by data: an answer must not make the window fetch. */
const imageType = /^image\/(?:png|jpeg|gif|webp)$/;

/**
 * Reads a tool's result. MCP: https://modelcontextprotocol.io/specification, `CallToolResult`. Anything that is not
 * of a known kind is shown as JSON: nothing is dropped.
 */
export function readContent(result: unknown): { parts: ContentPart[]; isError: boolean } {
  if (!isRecord(result) || !Array.isArray(result['content'])) return { parts: [asJson(result)], isError: false };
  const parts = result['content'].map(readPart);
  const structured = result['structuredContent'];
  if (structured !== undefined && parts.length === 0) parts.push(asJson(structured));
  return { parts, isError: result['isError'] === true };
}

function readPart(part: unknown): ContentPart {
  if (!isRecord(part)) return asJson(part);
  const body = textOf(part['text']);
  const data = textOf(part['data']);
  const type = textOf(part['mimeType']) ?? '';
  const uri = textOf(part['uri']);
  if (part['type'] === 'text' && body !== null) return { kind: 'text', text: body };
  if (part['type'] === 'image' && data !== null && imageType.test(type)) {
    return { kind: 'image', source: `data:${type};base64,${data}` };
  }
  if (part['type'] === 'resource_link' && uri !== null) return { kind: 'link', name: textOf(part['name']) ?? uri, uri };
  return asJson(part);
}

const asJson = (value: unknown): ContentPart => ({ kind: 'text', text: JSON.stringify(value, null, 2) });
