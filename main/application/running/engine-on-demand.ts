import { kept } from '../once.ts';
import type { Engine } from './engine.ts';

/** The engine of this process, opened at its first use. */
export class EngineOnDemand {
  readonly #open: (warm: number) => Promise<Engine>;
  readonly #stopping = new AbortController();
  #engine: Promise<Engine> | null = null;

  /** @param open opens the engine, with this many workers started at once */
  constructor(open: (warm: number) => Promise<Engine>) {
    this.#open = open;
  }

  /** Aborted once this process starts nothing any more. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  get isOpen(): boolean {
    return this.#engine !== null;
  }

  async get(warm: number): Promise<Engine> {
    this.#engine ??= kept(this.#open(warm), () => (this.#engine = null));
    const engine = await this.#engine;
    if (this.stopping.aborted) await engine.stop();
    return engine;
  }

  /** Ends the active runs, and starts no more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await (await this.opened())?.stop();
  }

  /** Ends idle workers and kept servers, and sends what is left of the traces. */
  async close(): Promise<void> {
    await (await this.opened())?.close();
  }

  /** Returns null if there is no engine. A failure to open it has already been reported. */
  async opened(): Promise<Engine | null> {
    return (await this.#engine?.catch(() => null)) ?? null;
  }
}
