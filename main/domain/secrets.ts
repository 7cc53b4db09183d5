const reference = /\$\{secret:([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The parts of a run's input in which secrets may be referenced. */
export interface SecretPlaces {
  readonly tool: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  /** The MCP server's configuration; null for built-in tools. */
  readonly mcpServer: unknown;
}

export interface ResolvedSecrets<T extends SecretPlaces> {
  readonly places: T;
  /** Every value that was inserted; none of them may be stored with the run. */
  readonly values: readonly string[];
}

/**
 * Replaces `${secret:NAME}` by the values. In a shell line, the value goes into an environment variable and the line
 * refers to the variable: it then needs no quoting, cannot become a command, and is not visible in the system's process
 * list. Everywhere else the text is replaced.
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

/** Returns how a shell refers to a variable. Like any variable, it is not expanded inside single quotes. */
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

/** Shorter values are not masked: they occur so often that the log would become unreadable. */
const SHORTEST_MASKED = 4;
export const maskText = '***';

/**
 * Returns the texts in which secrets could appear: each line of a value as it is, in a URL, in JSON and in Base64. The
 * longest come first, so that no text is masked only in part.
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

/** Returns a copy of a value with all occurrences of the texts masked. */
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
