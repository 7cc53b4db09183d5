import { formatDuration } from '../../contract/durations.ts';
import type { KeptServerFacts } from '../../contract/kept-servers.ts';
import type { SessionEvent } from '../../contract/session-event.ts';
import type { ExecutionSpec, ToWorker } from '../../contract/worker.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { TreeUsage } from '../../ports/process-tree.ts';
import { KeptServer } from './kept-server.ts';
import type { KeptServerNeeds } from './kept-server.ts';
import { RestartDelays } from './restart-delay.ts';
import type { ServedRun } from './served-runs.ts';
import { wantedServer } from './server-identity.ts';
import type { WantedServer } from './server-identity.ts';

export interface KeptServersNeeds extends KeptServerNeeds {
  readonly newId: () => string;
}

/** A run's connection to a kept server. */
export interface ServerConnection {
  /** Takes an event of the run. */
  receive(event: SessionEvent): void;
  /** Returns what the server uses now; null if the run uses none. */
  usage(): Promise<TreeUsage> | null;
  /** The server used more than the run allows: it serves no further runs. */
  overLimit(): void;
  /** The run has ended. */
  close(): void;
}

/**
 * The MCP servers that this process keeps: one for all runs that want the same command with the same environment in the
 * same folder. Each lives on for a while after its last run, at most as long as this process.
 */
export class KeptServers {
  readonly #needs: KeptServersNeeds;
  readonly #delays = new RestartDelays();
  /** Servers of which something is left, by id. */
  readonly #servers = new Map<string, KeptServer>();
  /** Servers that take runs, by key. */
  readonly #open = new Map<string, KeptServer>();

  constructor(needs: KeptServersNeeds) {
    this.#needs = needs;
  }

  /**
   * Connects a run, whose first event chooses or starts the server. Returns null if the run uses a server of its own.
   * @param send sends a message to the worker of the run
   */
  connect(spec: ExecutionSpec, nice: number, send: (message: ToWorker) => void): ServerConnection | null {
    const wanted = wantedServer(spec, nice);
    if (wanted === null) return null;
    const run: ServedRun = { executionId: spec.executionId, masked: spec.masked ?? [], send };
    let server: KeptServer | null = null;
    return {
      receive: (event) => {
        server ??= this.#serverFor(wanted, run);
        server.receive(run, event);
      },
      usage: () => server?.usage() ?? null,
      overLimit: () => server?.retire(),
      close: () => server?.leave(run.executionId),
    };
  }

  /** Returns the servers that are kept, the oldest first. */
  list(): readonly KeptServer[] {
    return [...this.#servers.values()];
  }

  /** Returns what people see of the servers, the oldest first. */
  facts(): Promise<KeptServerFacts[]> {
    return Promise.all(this.list().map((server) => server.facts()));
  }

  /**
   * Ends the servers of this name now, because a person wants it, and waits until nothing is left of them. Runs that use
   * one fail with `mcp/ended`.
   * @throws SchedulerError `mcp/not-kept`
   */
  async end(name: string): Promise<void> {
    const found = this.list().filter(({ wanted }) => wanted.name === name);
    if (found.length === 0)
      throw notKept(
        name,
        this.list().map(({ wanted }) => wanted.name),
      );
    const problem = { code: 'mcp/ended', message: `The MCP server "${name}" was ended by a person during the call.` };
    await Promise.all(found.map((server) => server.end(problem)));
  }

  /** Ends every server and waits until nothing is left of them. */
  async close(): Promise<void> {
    await Promise.all(this.list().map((server) => server.end()));
  }

  #serverFor(wanted: WantedServer, run: ServedRun): KeptServer {
    const open = this.#open.get(wanted.key);
    if (open !== undefined) return open;
    for (const other of this.#open.values()) if (other.wanted.place === wanted.place) other.retire();
    return this.#start(wanted, run);
  }

  #start(wanted: WantedServer, run: ServedRun): KeptServer {
    const { newId, clock } = this.#needs;
    const { ms, deaths } = this.#delays.delay(wanted.place, clock.now());
    const id = newId();
    const events = {
      onRetired: (livedMs: number | null): void => {
        if (this.#open.get(wanted.key)?.id === id) this.#open.delete(wanted.key);
        if (livedMs !== null) this.#delays.died(wanted.place, livedMs, clock.now());
      },
      onGone: () => void this.#servers.delete(id),
    };
    const server = new KeptServer(id, wanted, this.#needs, events, ms);
    this.#servers.set(id, server);
    this.#open.set(wanted.key, server);
    const again = `The server died ${deaths} times in a row; it is started again in ${formatDuration(ms)}.`;
    const first = `Starts the server, which is kept until ${formatDuration(wanted.forMs)} after its last run.`;
    const text = ms > 0 ? again : first;
    run.send({ type: 'session', executionId: run.executionId, event: { kind: 'note', text } });
    return server;
  }
}

/** Returns the error for a server that no process keeps now. */
export function notKept(name: string, kept: readonly string[]): SchedulerError {
  const others = kept.length === 0 ? 'no server is kept now' : `kept: ${[...new Set(kept)].join(', ')}`;
  const message = `The MCP server "${name}" is not kept (${others}), so there is nothing to end.`;
  return new SchedulerError('mcp/not-kept', message, { server: name, kept });
}
