import type { McpServer } from '../../contract/settings.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { resolveSecrets } from '../../domain/secrets/references.ts';
import { signInAddress, usableServer } from '../../domain/server-use.ts';
import type { AccessToken } from '../../ports/tool-servers.ts';
import { AccessTokens } from '../../services/sign-in/access-tokens.ts';
import { SignInVault } from '../../services/sign-in/sign-in-vault.ts';
import { SignIns } from '../../services/sign-in/sign-ins.ts';
import type { Secrets } from '../../services/secrets/secret-vault.ts';
import { loginVariables } from '../login-variables.ts';
import { once } from '../once.ts';
import type { Outside } from '../outside.ts';
import { signInSettings } from './sign-in-settings.ts';

/** The person's sign-ins to MCP servers. */
export interface SignInServices {
  readonly signIns: SignIns;
  readonly tokens: AccessTokens;
}

/** What opens the parts of a server's configuration that are not in it. */
export interface ServerParts {
  readonly secrets: () => Promise<Secrets>;
  readonly signIn: () => Promise<SignInServices>;
  /** Ends sign-ins that wait for the person. */
  readonly close: () => Promise<void>;
}

/** A server as it can be connected to. */
export interface OpenServer {
  /** With its variables and secrets inserted. */
  readonly server: McpServer;
  readonly env: Readonly<Record<string, string>>;
  readonly token: AccessToken | null;
}

export async function openSignIns(outside: Outside, secrets: () => Promise<Secrets>): Promise<SignInServices> {
  const { clock, newId, settings } = outside;
  const [cipher, file] = await Promise.all([outside.cipher(), outside.signInFile()]);
  const vault = new SignInVault({ cipher, file, clock });
  const access = once(() => outside.signIn(loginVariables(outside)));
  const common = { vault, access, clock, newId };
  const tokens = new AccessTokens(common);
  const signIns = new SignIns({
    ...common,
    servers: () => Object.entries(settings.mcpServers()).flatMap(([name, server]) => ('url' in server ? name : [])),
    server: async (name) => {
      const servers = settings.mcpServers();
      const server = servers[name];
      if (server === undefined) throw noServer(name, Object.keys(servers));
      return signInServer(name, (await filled(outside, secrets, name, server)).server);
    },
  });
  return { signIns, tokens };
}

/** @throws SchedulerError as `usableServer`, of group `secret`, and `mcp/sign-in-expired`. */
export async function openServer(
  outside: Outside,
  parts: ServerParts,
  name: string,
  configured: McpServer,
): Promise<OpenServer> {
  const { server, env } = await filled(outside, () => parts.secrets(), name, configured);
  const address = signInAddress(server);
  const token = address === null ? null : await accessToken(await parts.signIn(), name, address);
  return { server, env, token };
}

/** Returns the access token of a server; null if nobody has signed in to it. @throws SchedulerError as `AccessTokens`. */
export async function accessToken(
  { tokens }: SignInServices,
  name: string,
  address: string,
): Promise<AccessToken | null> {
  const first = await tokens.token(name, address);
  if (first === null) return null;
  let current = first;
  return { value: first, other: async () => (current = await tokens.other(name, address, current)) };
}

async function filled(outside: Outside, secrets: () => Promise<Secrets>, name: string, configured: McpServer) {
  const env = await loginVariables(outside)();
  const mcpServer = usableServer(name, configured, env);
  if (!JSON.stringify(mcpServer).includes('${secret:')) return { server: mcpServer, env };
  const vault = await secrets();
  const read = (secret: string): string => vault.read(secret);
  const { places } = resolveSecrets({ tool: name, parameters: {}, env: {}, mcpServer }, read, outside.machine.platform);
  return { server: places.mcpServer, env };
}

function noServer(name: string, known: readonly string[]): SchedulerError {
  const configured = known.length === 0 ? 'none is configured' : `configured: ${known.join(', ')}`;
  const message = `There is no MCP server "${name}" (${configured}). Add it in Settings under MCP servers, or under mcpServers in config.json.`;
  return new SchedulerError('mcp/unknown-server', message, { server: name, known });
}

function signInServer(name: string, server: McpServer) {
  const address = signInAddress(server);
  if (address !== null) return { address, ...signInSettings(server) };
  const why =
    'url' in server
      ? 'its headers already hold an Authorization. Remove that header to sign in instead'
      : 'only servers over HTTP have a sign-in';
  throw new SchedulerError('mcp/no-sign-in', `You cannot sign in to the MCP server "${name}": ${why}.`, {
    server: name,
  });
}
