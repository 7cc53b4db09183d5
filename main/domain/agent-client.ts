/** An MCP client as it calls itself, in characters that are safe everywhere. */
export interface AgentIdentity {
  readonly name: string;
  readonly version: string;
}

const longest = 60;

/** What a client said of itself, made harmless: it becomes a key of the settings, an author and a line of the tray. */
export function agentIdentity(said: { readonly name: string; readonly version: string } | null): AgentIdentity {
  return { name: clean(said?.name ?? ''), version: clean(said?.version ?? '') };
}

function clean(text: string): string {
  const safe = text
    .replace(/[^\w.+ -]/g, '_')
    .slice(0, longest)
    .trim();
  // As a key of an object `__proto__` would be no key.
  return safe === '' || safe === '__proto__' ? 'unknown' : safe;
}

/** The author of its changes: `mcp:<client>@<version>`. */
export function authorOf({ name, version }: AgentIdentity): string {
  return `mcp:${name}@${version}`;
}

/** Which client an author is, or null for a person or the scheduler. */
export function agentOfAuthor(author: string): AgentIdentity | null {
  const [, name, version] = /^mcp:([^@]+)@(.*)$/.exec(author) ?? [];
  return name === undefined ? null : { name, version: version ?? '' };
}
