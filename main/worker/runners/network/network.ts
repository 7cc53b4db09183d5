import type { Agent, Dispatcher, ProxyAgent } from 'undici';
import { SchedulerError } from '../../../domain/errors.ts';
import { proxyFor } from './proxy-choice.ts';
import type { ProxyChoice } from './proxy-choice.ts';
import { trustedCertificates } from './trusted-certificates.ts';

export interface NetworkOptions {
  /** The variables of the task or of the server, which name proxies and certificates. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Address of a proxy for everything, or `none`. Absent: the variables count. */
  readonly proxy?: string | undefined;
  /** Absolute path of a file with certificates to trust in addition. */
  readonly caFile?: string | undefined;
  /** Whether certificates of servers are accepted unchecked. @default false */
  readonly insecure?: boolean | undefined;
  /** Receives sentences for the log: which proxy is used, and what was ignored. */
  readonly onRemark: (sentence: string) => void;
}

interface Undici {
  readonly Agent: typeof Agent;
  readonly ProxyAgent: typeof ProxyAgent;
  readonly fetch: (address: URL, more: object) => Promise<Response>;
}

/** Loads only these parts: the whole library, with its mocks, caches and web sockets, is twice as large. */
async function undici(): Promise<Undici> {
  const [agent, proxyAgent, web, dispatcher, connect] = await Promise.all([
    import('undici/lib/dispatcher/agent.js'),
    import('undici/lib/dispatcher/proxy-agent.js'),
    import('undici/lib/web/fetch/index.js'),
    import('undici/lib/dispatcher/dispatcher.js'),
    import('undici/lib/api/api-connect.js'),
  ]);
  // undici's index.js adds all methods of its API in this way; a tunnel through a proxy needs this one.
  Object.assign(dispatcher.default.prototype, { connect: connect.default });
  const fetchOf = web.default.fetch as unknown as Undici['fetch'];
  return { Agent: agent.default, ProxyAgent: proxyAgent.default, fetch: fetchOf };
}

/**
 * Sends requests as the task's environment says: through its proxy, trusting its certificates. A worker gets that
 * environment after its start, when Node has already read its own, so each request gets its settings here. A request that
 * needs none goes through Node's own fetch, which starts faster.
 */
export class Network {
  readonly #options: NetworkOptions;
  readonly #ca: string[] | null;
  readonly #dispatchers = new Map<string, Dispatcher>();
  readonly #said = new Set<string>();
  #last: ProxyChoice | null = null;

  /** @throws SchedulerError `execution/bad-ca-file`. */
  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#ca = trustedCertificates(options);
    if (options.insecure === true)
      options.onRemark('Certificates are not checked ("insecure"): anyone on the way can read and change the data.');
  }

  /** The proxy of the last request, for messages; null if it went to the server directly. */
  get proxy(): ProxyChoice | null {
    return this.#last;
  }

  /** Sends a request as `fetch` does. @throws SchedulerError `execution/bad-proxy`; otherwise what fetch throws. */
  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { env, proxy } = this.#options;
    this.#last = proxyFor(url, env, proxy);
    if (this.#last === null && this.#ca === null && this.#options.insecure !== true) return fetch(input, init);
    if (this.#last !== null) this.#explain(this.#last, new Headers(init?.headers));
    const library = await undici();
    return library.fetch(url, { ...init, dispatcher: this.#dispatcher(library, this.#last) });
  };

  /** Ends all connections. Never throws. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
  }

  #explain({ origin, source }: ProxyChoice, headers: Headers): void {
    if (headers.has('proxy-authorization')) {
      const message = `The header Proxy-Authorization would reach the server instead of the proxy ${origin}. Write user name and password into the address of the proxy: http://user:password@host:port.`;
      throw new SchedulerError('execution/bad-proxy', message, { source });
    }
    if (this.#said.has(origin)) return;
    this.#said.add(origin);
    this.#options.onRemark(`Through the proxy ${origin} (${source})`);
  }

  #dispatcher(library: Undici, choice: ProxyChoice | null): Dispatcher {
    const key = choice === null ? '' : `${choice.origin} ${choice.authorization ?? ''}`;
    const dispatcher = this.#dispatchers.get(key) ?? this.#newDispatcher(library, choice);
    this.#dispatchers.set(key, dispatcher);
    return dispatcher;
  }

  #newDispatcher({ Agent, ProxyAgent }: Undici, choice: ProxyChoice | null): Dispatcher {
    const ca = this.#ca === null ? {} : { ca: this.#ca };
    const server = { ...ca, rejectUnauthorized: this.#options.insecure !== true };
    if (choice === null) return new Agent({ connect: server });
    return new ProxyAgent({
      uri: choice.origin,
      ...(choice.authorization === null ? {} : { token: choice.authorization }),
      requestTls: server,
      proxyTls: ca,
      // As curl: many proxies refuse a tunnel for plain http.
      proxyTunnel: false,
    });
  }
}
