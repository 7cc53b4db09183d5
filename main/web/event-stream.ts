/** More bytes that the browser has not taken mean that it reads too slowly. It connects again and asks for a snapshot. */
const mostWaitingBytes = 32 * 1024 * 1024;

/** A stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #onEnd: () => void;
  readonly #encoder = new TextEncoder();
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  /** @param onEnd called once, when either side has ended the stream */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => this.#ended(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
    );
  }

  /** Sends an event with its data as JSON, which has no line ends. Ends the stream if the browser does not read it. */
  send(name: string, json: string): void {
    this.#controller?.enqueue(this.#encoder.encode(`event: ${name}\ndata: ${json}\n\n`));
    if ((this.#controller?.desiredSize ?? 0) < -mostWaitingBytes) this.end();
  }

  end(): void {
    const controller = this.#controller;
    if (controller === null) return;
    this.#ended();
    controller.close();
  }

  #ended(): void {
    if (this.#controller === null) return;
    this.#controller = null;
    this.#onEnd();
  }
}
