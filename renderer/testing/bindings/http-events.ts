/** Reads server-sent events as a browser's `EventSource` does, which Node 20 lacks. It does not connect again by itself. */
export class HttpEvents extends EventTarget {
  readonly #ending = new AbortController();
  #rest = '';

  constructor(open: (signal: AbortSignal) => Promise<Response>) {
    super();
    this.#read(open).catch(() => this.fail());
  }

  close(): void {
    this.#ending.abort();
  }

  /** Ends the stream, and says so to the page. */
  fail(): void {
    this.close();
    this.dispatchEvent(new Event('error'));
  }

  async #read(open: (signal: AbortSignal) => Promise<Response>): Promise<void> {
    const { body } = await open(this.#ending.signal);
    const decoder = new TextDecoder();
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      this.#take(decoder.decode(chunk, { stream: true }));
    }
    this.fail();
  }

  #take(text: string): void {
    const events = (this.#rest + text).split('\n\n');
    this.#rest = events.pop() ?? '';
    for (const event of events) {
      const [, name = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(event) ?? [];
      this.dispatchEvent(new MessageEvent(name, { data }));
    }
  }
}
