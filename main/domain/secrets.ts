const reference = /\$\{secret:([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** What a run starts with, where secrets may be referred to. */
export interface SecretPlaces {
  readonly tool: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  /** The MCP server's configuration; null for built-in tools. */
  readonly mcpServer: unknown;
}

export interface ResolvedSecrets<T extends SecretPlaces> {
  readonly places: T;
  /** Every value that was put in: none of them may appear in what is kept of the run. */
  readonly values: readonly string[];
}

/**
 * Puts values in the place of `${secret:NAME}`. In a shell line the value goes into a variable and the line refers to
 * that: it needs no quoting, cannot become a command, and does not show among the system's processes. Anywhere else
 * the text is replaced.
 */
export function resolveSecrets<T extends SecretPlaces>(
  places: T,
  read: (name: string) => string,
  platform: string,
): ResolvedSecrets<T> {
  const values = new Map<string, string>();
  const valueOf = (name: string): string => {
    const value = values.get(name) ?? read(name);
    values.set(name, value);
    return value;
  };
  const env: Record<string, string> = {};
  const { command, shell } = places.parameters;
  const parameters = { ...places.parameters };
  if (places.tool === 'shell:run' && typeof command === 'string') {
    parameters['command'] = command.replace(reference, (_whole, name: string) => {
      env[variableOf(name)] = valueOf(name);
      return shellReference(variableOf(name), shell ?? (platform === 'win32' ? 'cmd' : 'sh'));
    });
  }
  const resolved = {
    parameters: replaced(parameters, valueOf) as T['parameters'],
    env: { ...(replaced(places.env, valueOf) as T['env']), ...env },
    mcpServer: replaced(places.mcpServer, valueOf),
  };
  return { places: { ...places, ...resolved }, values: [...values.values()] };
}

const variableOf = (name: string): string => `NCP_SECRET_${name}`;

/** How a shell names a variable. Inside single quotes it would not be read, as no variable is. */
function shellReference(variable: string, shell: unknown): string {
  switch (shell) {
    case 'cmd':
      return `%${variable}%`;
    case 'pwsh':
    case 'powershell':
      return `\${env:${variable}}`;
    case 'fish':
      return `{$${variable}}`;
    default:
      return `\${${variable}}`;
  }
}

function replaced(value: unknown, valueOf: (name: string) => string): unknown {
  if (typeof value === 'string') return value.replace(reference, (_whole, name: string) => valueOf(name));
  if (Array.isArray(value)) return value.map((item) => replaced(item, valueOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, valueOf)]));
}

/** Shorter texts are everywhere: hiding them would hide the log. */
const SHORTEST_MASKED = 4;
export const maskText = '***';

/**
 * The texts under which secrets could appear: each line of a value, as it is, in a URL, in JSON and in Base64. The
 * longest come first, so that none is hidden only in part.
 */
export function maskedTexts(values: readonly string[]): string[] {
  const lines = values.flatMap((value) => [value, ...value.split(/\r?\n/)]);
  const forms = lines
    .filter((line) => line.trim().length >= SHORTEST_MASKED)
    .flatMap((line) => [
      line,
      encodeURIComponent(line),
      JSON.stringify(line).slice(1, -1),
      Buffer.from(line, 'utf8').toString('base64'),
    ]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** A copy of a value with the texts hidden wherever they stand. */
export function masked<T>(value: T, texts: readonly string[]): T {
  return texts.length === 0 ? value : (maskedValue(value, texts) as T);
}

function maskedValue(value: unknown, texts: readonly string[]): unknown {
  if (typeof value === 'string') return texts.reduce((text, secret) => text.replaceAll(secret, maskText), value);
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(maskedValue(key, texts)), maskedValue(item, texts)]),
  );
}
