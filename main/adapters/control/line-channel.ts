import type { Socket } from 'node:net';

const mebibyte = 1024 * 1024;

/** Longest request that the primary reads, in bytes. The largest legitimate one has the parameters of a draft. */
export const longestRequest = 8 * mebibyte;

/** Longest answer that a client reads, in bytes: the results of all runs of a group. */
export const longestAnswer = 64 * mebibyte;

/** Bytes that may wait for a peer that does not read. The next document then ends the connection. */
const mostUnsent = 16 * mebibyte;

const newline = 0x0a;

/**
 * Reads newline-separated JSON from a socket. A line that is not JSON, or has more than `longestLine` bytes, ends the
 * connection as soon as that is certain. Each byte is looked at once and held at most once.
 */
export function readJsonLines(socket: Socket, longestLine: number, onDocument: (document: unknown) => void): void {
  const line = new Line(longestLine);
  socket.on('data', (chunk: Buffer) => {
    for (let from = 0; from < chunk.length && !socket.destroyed;) {
      const end = chunk.indexOf(newline, from);
      if (!line.add(chunk.subarray(from, end === -1 ? chunk.length : end))) {
        socket.destroy(new Error('a line on the control socket is too long'));
        return;
      }
      if (end === -1) return;
      from = end + 1;
      deliver(socket, line.take(), onDocument);
    }
  });
}

function deliver(socket: Socket, line: string, onDocument: (document: unknown) => void): void {
  if (line.trim() === '') return;
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    socket.destroy(new Error('a line on the control socket is not JSON'));
    return;
  }
  onDocument(document);
}

/** The bytes of a line that has not ended yet. One buffer that doubles, so that many small pieces cost no more. */
class Line {
  readonly #longest: number;
  #bytes = Buffer.alloc(0);
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** Returns false, and adds nothing, if the line would be too long. */
  add(piece: Buffer): boolean {
    const length = this.#length + piece.length;
    if (length > this.#longest) return false;
    if (length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.min(this.#longest, Math.max(length, this.#bytes.length * 2)));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length = length;
    return true;
  }

  take(): string {
    const text = this.#bytes.toString('utf8', 0, this.#length);
    this.#length = 0;
    this.#bytes = Buffer.alloc(0);
    return text;
  }
}

/**
 * Writes one document as one line. Ends the connection if the peer has not read what was written earlier. Ignores a
 * closed connection: its end is reported by `close`.
 */
export function writeJsonLine(socket: Socket, document: unknown): void {
  if (!socket.writable) return;
  if (socket.writableLength > mostUnsent) {
    socket.destroy(new Error('the other end of the control socket does not read'));
    return;
  }
  socket.write(`${JSON.stringify(document)}\n`);
}
