import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';

/**
 * Longest accepted line, in characters. An execution's result may be large, but endless input must not fill the memory.
 */
const longestLine = 64 * 1024 * 1024;

/** Reads newline-separated JSON from a socket. A line that is not JSON, or is too long, ends the connection. */
export function readJsonLines(socket: Socket, onDocument: (document: unknown) => void): void {
  const decoder = new StringDecoder('utf8');
  let pending = '';
  socket.on('data', (chunk: Buffer) => {
    pending += decoder.write(chunk);
    if (pending.length > longestLine) {
      socket.destroy(new Error('a line on the control socket is too long'));
      return;
    }
    const lines = pending.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() === '') continue;
      let document: unknown;
      try {
        document = JSON.parse(line);
      } catch {
        socket.destroy(new Error('a line on the control socket is not JSON'));
        return;
      }
      onDocument(document);
    }
  });
}

/** Writes one document as one line. Ignores a closed connection: its end is reported by `close`. */
export function writeJsonLine(socket: Socket, document: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(document)}\n`);
}
