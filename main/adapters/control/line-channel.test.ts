import { PassThrough } from 'node:stream';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { longestRequest, readJsonLines, writeJsonLine } from './line-channel.ts';

const mebibyte = 1024 * 1024;

/** A stream with what the channel uses of a socket. */
function socketPair(): { socket: Socket; stream: PassThrough } {
  const stream = new PassThrough({ highWaterMark: 1024 });
  stream.on('error', () => undefined);
  return { stream, socket: stream as unknown as Socket };
}

function received(longestLine: number, ...chunks: readonly (string | Buffer)[]) {
  const { socket, stream } = socketPair();
  const documents: unknown[] = [];
  readJsonLines(socket, longestLine, (document) => documents.push(document));
  for (const chunk of chunks) socket.emit('data', Buffer.from(chunk));
  return { documents, destroyed: stream.destroyed };
}

it('reads lines however they are cut, also within a character', () => {
  const bytes = Buffer.from('{"a":"é€😀"}\n\n[2]\n');
  const pieces = [...bytes].map((byte) => Buffer.from([byte]));
  const expected = { documents: [{ a: 'é€😀' }, [2]], destroyed: false };
  expect(received(100, ...pieces)).toEqual(expected);
  expect(received(100, bytes)).toEqual(expected);
  expect(received(100, bytes.subarray(0, 8), bytes.subarray(8))).toEqual(expected);
});

it('accepts a line of exactly the limit and ends the connection at the next byte, before the line ends', () => {
  expect(received(8, '"123456"', '\n')).toEqual({ documents: ['123456'], destroyed: false });
  expect(received(8, '"1234567')).toEqual({ documents: [], destroyed: false });
  expect(received(8, '"123456', '78')).toEqual({ documents: [], destroyed: true });
});

it('reads nothing after a line that ended the connection', () => {
  expect(received(100, '1\nnonsense\n2\n')).toEqual({ documents: [1], destroyed: true });
});

it('takes no more processor time per byte for a long line in many pieces than for short lines', () => {
  const piece = Buffer.alloc(4096, 0x31);
  const pieces = Array<Buffer>(longestRequest / piece.length).fill(piece);
  const started = process.cpuUsage();
  expect(received(longestRequest, '"', ...pieces)).toEqual({ documents: [], destroyed: true });
  const { user, system } = process.cpuUsage(started);
  // Splitting everything again for each piece took 35 s for 64 MiB; 8 MiB in one pass take some milliseconds.
  expect((user + system) / 1e6).toBeLessThan(2);
});

it('ends the connection to a peer that does not read, when 16 MiB wait for it', () => {
  const { socket, stream } = socketPair();
  let written = 0;
  while (!stream.destroyed && written < 100) {
    writeJsonLine(socket, 'x'.repeat(mebibyte));
    written += 1;
  }
  expect(written).toBeLessThan(20);
  expect(stream.destroyed).toBe(true);
  writeJsonLine(socket, 'ignored');
});
