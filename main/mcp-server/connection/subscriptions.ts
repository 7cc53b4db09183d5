import type { McpServer } from '@modelcontextprotocol/server';
import type { Application } from '../../application/application.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { followResources } from './changed-resources.ts';

/** More could only be a client that never unsubscribes. */
const mostSubscriptions = 500;

/**
 * Answers `resources/subscribe` of one connection (protocol until 2025-11-25), and sends `notifications/resources/updated`
 * for what it subscribed to. Follows the schedule from the first subscription on.
 */
export class Subscriptions {
  readonly #server: McpServer;
  readonly #application: () => Promise<Application>;
  readonly #uris = new Set<string>();
  #following: Promise<() => void> | null = null;
  readonly #isAllowed: () => boolean;
  #isClosed = false;

  /** @param isAllowed whether the client may still receive updates; always, unless its token can be revoked */
  constructor(server: McpServer, application: () => Promise<Application>, isAllowed: () => boolean = () => true) {
    this.#server = server;
    this.#application = application;
    this.#isAllowed = isAllowed;
    server.server.setRequestHandler('resources/subscribe', async ({ params }) => {
      await this.#add(params.uri);
      return {};
    });
    server.server.setRequestHandler('resources/unsubscribe', ({ params }) => {
      this.#uris.delete(params.uri);
      return {};
    });
  }

  /** Follows without any subscription, and leaves it to the SDK to pick what its client listens to (since 2026-07-28). */
  async followAll(): Promise<void> {
    await this.#follow(() => true);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#uris.clear();
    // If it never started, there is nothing to stop.
    (await this.#following?.catch(() => null))?.();
  }

  async #add(uri: string): Promise<void> {
    if (this.#uris.size >= mostSubscriptions) {
      const message = `This connection has ${mostSubscriptions} subscriptions already. Unsubscribe from resources first.`;
      throw new SchedulerError('mcp/too-many-subscriptions', message, { limit: mostSubscriptions });
    }
    await this.#follow((changed) => this.#uris.has(changed));
    this.#uris.add(uri);
  }

  async #follow(isWanted: (uri: string) => boolean): Promise<void> {
    const start = async (): Promise<() => void> =>
      followResources(await this.#application(), (uri) => {
        if (this.#isClosed || !isWanted(uri) || !this.#isAllowed()) return;
        // A client that is gone is noticed by its transport.
        void this.#server.server.sendResourceUpdated({ uri }).catch(() => undefined);
      });
    this.#following ??= start();
    await this.#following;
  }
}
