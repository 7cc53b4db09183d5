import { text } from '../../../text/en.ts';

type Parameters = Readonly<Record<string, unknown>>;

export type BodyKind = 'none' | 'json' | 'form' | 'text';

const contentTypes: Readonly<Record<Exclude<BodyKind, 'none'>, string | null>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: null,
};

export type HeaderRow = readonly [name: string, value: string];

/** Returns the headers as rows, in their order. */
export const headerRows = ({ headers }: Parameters): HeaderRow[] =>
  typeof headers === 'object' && headers !== null
    ? Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
    : [];

/** Returns the parameters with these headers. Rows without a name are not headers yet. */
export function withHeaders(parameters: Parameters, rows: readonly HeaderRow[]): Parameters {
  const { headers, ...rest } = parameters;
  const named = rows.filter(([name]) => name.trim() !== '').map(([name, value]) => [name.trim(), value] as const);
  return named.length === 0 ? rest : { ...rest, headers: Object.fromEntries(named) };
}

const isContentType = ([name]: HeaderRow): boolean => name.toLowerCase() === 'content-type';

/** Returns the kind of the body. Anything but text is sent as JSON; of text, the header Content-Type says the kind. */
export function bodyKindOf(parameters: Parameters): BodyKind {
  const { body } = parameters;
  if (body === undefined) return 'none';
  if (typeof body !== 'string') return 'json';
  const type = headerRows(parameters).find(isContentType)?.[1].toLowerCase() ?? '';
  return type.includes('json') ? 'json' : type.includes('form-urlencoded') ? 'form' : 'text';
}

/** Returns the body as the field shows it: a form as lines of `name=value`. */
export function bodyText(parameters: Parameters): string {
  const { body } = parameters;
  if (body === undefined) return '';
  if (typeof body !== 'string') return JSON.stringify(body, null, 2);
  return bodyKindOf(parameters) === 'form' ? formLines(body) : body;
}

const formLines = (body: string): string =>
  [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).join('\n');

/** Encodes a form's text, but not its variables, such as `${secret:NAME}`, which are replaced when the task runs. */
const encoded = (part: string): string =>
  part
    .split(/(\$\{[^}]*\})/)
    .map((piece, index) => (index % 2 === 1 ? piece : encodeURIComponent(piece)))
    .join('');

function formBody(lines: string): string {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...value] = line.split('=');
      return `${encoded(name.trim())}=${encoded(value.join('='))}`;
    })
    .join('&');
}

/** Returns the parameters with the body that was typed. */
export function withBody(parameters: Parameters, kind: BodyKind, typed: string): Parameters {
  const { body: _, ...rest } = parameters;
  return kind === 'none' ? rest : { ...rest, body: kind === 'form' ? formBody(typed) : typed };
}

/** Returns the parameters with a body of another kind, and the Content-Type that goes with it. */
export function withBodyKind(parameters: Parameters, kind: BodyKind): Parameters {
  const typed = bodyText(parameters);
  const type = kind === 'none' ? null : contentTypes[kind];
  const others = headerRows(parameters).filter((row) => !isContentType(row));
  const rows: HeaderRow[] = type === null ? others : [...others, ['Content-Type', type]];
  const changed = withBody(withHeaders(parameters, rows), kind, typed);
  // A body belongs to a method that has one.
  return kind !== 'none' && parameters['method'] === undefined ? { ...changed, method: 'POST' } : changed;
}

/** Reads `200, 204` as a list. A text that is no list of codes stays text, which `httpErrors` refuses. */
export function readCodes(typed: string): number[] | string | undefined {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  return parts.every((part) => /^\d{1,3}$/.test(part)) ? parts.map(Number) : typed;
}

/** Writes a code, a list of codes or a text that is neither. */
export function codesText(codes: unknown): string {
  if (Array.isArray(codes)) return codes.join(', ');
  return typeof codes === 'string' || typeof codes === 'number' ? String(codes) : '';
}

export interface HttpErrors {
  readonly url?: string;
  readonly body?: string;
  readonly expectStatus?: string;
}

function isJson(typed: string): boolean {
  try {
    JSON.parse(typed);
    return true;
  } catch (problem) {
    if (problem instanceof SyntaxError) return false;
    throw problem;
  }
}

/** Returns what must be changed before saving, by field. A variable may become anything when the task runs. */
export function httpErrors(parameters: Parameters): HttpErrors {
  const { url, body, expectStatus } = parameters;
  const words = text.httpForm.errors;
  const address = typeof url === 'string' ? url.trim() : '';
  const codes = Array.isArray(expectStatus) ? (expectStatus as unknown[]) : [expectStatus];
  const isStatus = (code: unknown): boolean => typeof code === 'number' && code >= 100 && code <= 599;
  const isWrongJson =
    typeof body === 'string' && bodyKindOf(parameters) === 'json' && !body.includes('${') && !isJson(body);
  return {
    ...(address === '' ? { url: words.noUrl } : /^(https?:\/\/|\$\{)/i.test(address) ? {} : { url: words.url }),
    ...(isWrongJson ? { body: words.json } : {}),
    ...(expectStatus === undefined || codes.every(isStatus) ? {} : { expectStatus: words.codes }),
  };
}
