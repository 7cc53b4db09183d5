/** The name and version that an MCP client gives of itself, made safe to store and show. */
export interface AgentIdentity {
  readonly name: string;
  readonly version: string;
}

const longest = 60;

/**
 * Returns the client's name and version without characters that are unsafe in a settings key, an author or a tray line.
 */
export function agentIdentity(said: { readonly name: string; readonly version: string } | null): AgentIdentity {
  return { name: agentName(said?.name ?? ''), version: agentName(said?.version ?? '') };
}

/**
 * Returns the one form in which an agent's name is stored, compared and shown: at most 60 characters, without blanks
 * around it, and `_` for every character but ASCII letters, digits, `_`, `.`, `+`, `-` and blanks. Upper and lower case
 * differ.
 */
export function agentName(text: string): string {
  const safe = text
    .replace(/[^\w.+ -]/g, '_')
    .slice(0, longest)
    .trim();
  // As a key of an object, `__proto__` would set the prototype.
  return safe === '' || safe === '__proto__' ? 'unknown' : safe;
}

/** Returns the author of the client's changes: `mcp:<client>@<version>`. */
export function authorOf({ name, version }: AgentIdentity): string {
  return `mcp:${name}@${version}`;
}

/** Returns the client that an author names, or null for a person or the scheduler. */
export function agentOfAuthor(author: string): AgentIdentity | null {
  const [, name, version] = /^mcp:([^@]+)@(.*)$/.exec(author) ?? [];
  return name === undefined ? null : { name, version: version ?? '' };
}

/**
 * Returns what settings by agent hold for one. Clients choose their own names: `constructor` must not find an inherited
 * property. A name that someone typed into config.json means the agent that is known by it.
 */
export function entryOfAgent<T>(clients: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(clients, name)) return clients[name];
  return Object.entries(clients).find(([typed]) => agentName(typed) === name)?.[1];
}
