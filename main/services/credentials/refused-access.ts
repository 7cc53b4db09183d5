import { createHash } from 'node:crypto';
import { httpRequest } from '../../contract/built-in/http-request.ts';
import { serverNameOf } from '../../contract/built-in/built-ins.ts';
import type { McpServer } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import type { ExecutionSpec } from '../../contract/worker.ts';
import { minuteMs } from '../../domain/durations.ts';
import { referencedSecrets } from '../../domain/secrets/references.ts';
import { soundsSecret } from '../../domain/secrets/rules.ts';
import type { AccessRequest, AccessStatus } from '../../ports/access-status.ts';
import type { Clock } from '../../ports/clock.ts';

/** Longest wait for an answer. */
const waitMs = minuteMs / 3;
/** The same credentials are not tried again for this time: some servers lock an account after a few wrong passwords. */
const sameAgainMs = 60 * minuteMs;

interface Asked {
  readonly request: Omit<AccessRequest, 'env' | 'timeoutMs'>;
  /** What is wrong and what renews it, if the answer is 401. */
  readonly refusal: string;
}

/**
 * Finds out whether the addresses of a run refuse its credentials: that of an HTTP request, by HEAD, and those of its MCP
 * servers, by GET. Only the status 401 counts. An address without credentials in its headers, user or password is not asked.
 */
export class RefusedAccess {
  readonly #status: AccessStatus;
  readonly #clock: Clock;
  /** When the server refused a request, in epoch ms, by a hash of the request. */
  readonly #refused = new Map<string, number>();

  constructor(status: AccessStatus, clock: Clock) {
    this.#status = status;
    this.#clock = clock;
  }

  /** Returns the first refusal as sentences without a secret; null if nothing is refused, or if that is not known. */
  async problem(task: Task, spec: ExecutionSpec): Promise<string | null> {
    for (const { request, refusal } of [...httpAsked(task, spec), ...serversAsked(spec)]) {
      if (await this.#refuses({ ...request, env: spec.env, timeoutMs: waitMs })) return refusal;
    }
    return null;
  }

  async #refuses(request: AccessRequest): Promise<boolean> {
    const { url, method, headers } = request;
    const hash = createHash('sha256')
      .update(JSON.stringify([url, method, headers]))
      .digest('hex');
    const now = this.#clock.now();
    const before = this.#refused.get(hash);
    if (before !== undefined && now - before < sameAgainMs) return true;
    this.#refused.delete(hash);
    if ((await this.#status(request)) !== 401) return false;
    this.#refused.set(hash, now);
    return true;
  }
}

function httpAsked(task: Task, { tool, parameters }: ExecutionSpec): Asked[] {
  const { url, headers: given, expectStatus, proxy, caFile, insecure } = parameters;
  if (tool !== httpRequest.tool || typeof url !== 'string' || !URL.canParse(url)) return [];
  // 401 is what this task waits for.
  if ([expectStatus].flat().includes(401)) return [];
  const headers = (given ?? {}) as Record<string, string>;
  const { username, password, origin } = new URL(url);
  // A secret elsewhere, such as in the path of a check's address, is no sign-in, and a HEAD would count as a ping.
  if (!hasCredentials(headers) && username === '' && password === '') return [];
  const names = referencedSecrets([task.parameters['headers'], userInfoOf(task.parameters['url'])]);
  const how =
    names.length === 0
      ? 'Renew it in the parameters of the task.'
      : `Store the new one: ${names.map((name) => `ncp-scheduler secrets set ${name}`).join(', ')}`;
  const request = {
    ...({ url, method: 'HEAD', headers, proxy: proxy as string | undefined } as const),
    ...{ caFile: caFile as string | undefined, insecure: insecure as boolean | undefined },
  };
  return [{ request, refusal: `${origin} refuses the credentials of this task (status 401). ${how}` }];
}

/** Returns the user and password in an address whose secrets are not inserted yet. */
const userInfoOf = (url: unknown): string =>
  typeof url === 'string' ? (/^[a-z][a-z\d+.-]*:\/\/([^/?#]*)@/i.exec(url)?.[1] ?? '') : '';

function serversAsked({ tool, mcpServer, accessToken, agentServers }: ExecutionSpec): Asked[] {
  const own = mcpServer === null ? [] : serverAsked(serverNameOf(tool), mcpServer, accessToken);
  return [...own, ...Object.entries(agentServers ?? {}).flatMap(([name, server]) => serverAsked(name, server))];
}

function serverAsked(name: string, server: McpServer, accessToken?: string): Asked[] {
  if (typeof server['url'] !== 'string' || !URL.canParse(server['url'])) return [];
  const given = (server['headers'] ?? {}) as Record<string, string>;
  if (accessToken === undefined && !hasCredentials(given)) return [];
  const token = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  const headers = { accept: 'text/event-stream', ...given, ...token };
  const how =
    accessToken === undefined
      ? 'Renew it in the headers of this server.'
      : `Sign in again: ncp-scheduler servers sign-in ${name}`;
  const what = accessToken === undefined ? 'its key' : 'your sign-in';
  const refusal = `The MCP server "${name}" refuses ${what} (status 401). ${how}`;
  return [{ request: { url: server['url'], method: 'GET', headers }, refusal }];
}

const hasCredentials = (headers: Readonly<Record<string, string>>): boolean => Object.keys(headers).some(soundsSecret);
