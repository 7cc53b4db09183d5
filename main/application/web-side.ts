import type { AgentSide } from './agent-side.ts';
import type { Application } from './application.ts';
import type { FollowListener } from './running/primary.ts';

export interface WebOptions {
  readonly application: Application;
  /** `HOST:PORT`, or the path of a Unix socket. @default 127.0.0.1:7377, or any free port if that is taken */
  readonly listen?: string | undefined;
  /** Paths of a certificate with its chain, and of its key, as PEM. Both or none. */
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  /** The address at which people reach the proxy in front of the server. */
  readonly behindProxy?: string | undefined;
  /** Serves agents at `/mcp`. */
  readonly agents: AgentSide['serveHttp'];
  /** A sign-in ends after this time without use, in ms. */
  readonly idleMs: number;
  /** Called with what a person who runs the server should know. */
  readonly report: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** The window in browsers. */
export interface WebServer {
  /** Sends every change to the open windows. */
  readonly listener: FollowListener;
  /**
   * Listens, and returns the address to open, with a token that signs in once within 15 minutes. For a Unix socket, the
   * address is that of a tunnel to it.
   * @throws SchedulerError `web/address-in-use`, `web/not-listening`
   */
  listen(): Promise<string>;
  /** Returns the origin of that address, without a token; null before `listen` and for a Unix socket. */
  origin(): string | null;
  /** Closes all windows and connections. */
  close(): Promise<void>;
}

/** The window over HTTP, as the command line uses it. The composition root passes in the one of main/web. */
export interface WebSide {
  /** @throws SchedulerError `usage/…` for options that are wrong or unsafe, `web/no-pages`. */
  create(options: WebOptions): Promise<WebServer>;
  /** Opens an address in the person's browser. Returns false, and does nothing, where there is no display. */
  openBrowser(address: string): boolean;
}
