const reference = /\$\{secret:([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The parts of a run's input in which secrets may be referenced. */
export interface SecretPlaces {
  readonly tool: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  /** The MCP server's configuration; null for built-in tools. */
  readonly mcpServer: unknown;
  /** The servers that an agent can use. Absent: none. */
  readonly agentServers?: unknown;
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
    ...(places.agentServers === undefined ? {} : { agentServers: replaced(places.agentServers, valueOf) }),
  };
  return { places: { ...places, ...resolved }, values: [...values.values()] };
}

/** Returns the names of the secrets that a value refers to, at any depth, each once. */
export function referencedSecrets(value: unknown): string[] {
  const names = new Set<string>();
  replaced(value, (name) => {
    names.add(name);
    return '';
  });
  return [...names];
}

/** Returns a value with its references replaced by the values of the secrets, and these values. */
export async function resolvedReferences<T>(
  value: T,
  read: (name: string) => Promise<string>,
): Promise<{ readonly value: T; readonly secrets: readonly string[] }> {
  const known = new Map<string, string>();
  for (const name of referencedSecrets(value)) known.set(name, await read(name));
  const resolved = replaced(value, (name) => known.get(name) ?? '');
  return { value: resolved as T, secrets: [...known.values()] };
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
