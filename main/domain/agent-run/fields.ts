import type { Fields } from './agent-command.ts';

/** Returns a field that is an object; an empty object for anything else. */
export function object(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function objects(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(object) : [];
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Returns the first line of a text, shortened for the log. */
export function firstLine(value: string): string {
  const line = value.trim().split('\n', 1)[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** Returns what a tool call is about, in one line: its command, file or address, else its input. */
export function callText(name: string, input: Fields): string {
  const about = ['command', 'cmd', 'file_path', 'filePath', 'path', 'url', 'query', 'pattern', 'description'];
  const known = about.map((field) => text(input[field])).find((value) => value !== null);
  const shown = known ?? (Object.keys(input).length === 0 ? '' : JSON.stringify(input));
  return shown === '' ? `→ ${name}` : `→ ${name}: ${firstLine(shown)}`;
}

/** Words of an error by which an agent says that it has no valid sign-in or key. */
const signedOutWords =
  /\b401\b|unauthori[sz]ed|not (?:logged|signed) in|invalid (?:x-)?api.?key|api key not valid|authentication[_ ](?:failed|error)|(?:oauth|access|refresh) token (?:has )?(?:expired|been revoked)|please (?:run )?\/?log ?in|set an auth method|auth method selected/i;

export function saysSignedOut(message: string): boolean {
  return signedOutWords.test(message);
}

/** Notes a failure in the agent's words. */
export function failed(facts: { problem: string | null; signedOut: boolean }, message: string): void {
  facts.problem = message;
  if (saysSignedOut(message)) facts.signedOut = true;
}
