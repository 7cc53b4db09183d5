import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { leftOutBytes, parseLogLine } from '../contract/log-format.ts';
import { temporaryDir } from '../testing/temporary-dir.ts';
import { LogWriter } from './log-writer.ts';

const AT = '2026-12-03T14:15:00.000Z';

function open(limitBytes = 1_000_000): { log: LogWriter; path: string; grown: number[]; text: () => string } {
  const path = join(temporaryDir(), 'logs/2026-12/e1.log');
  const grown: number[] = [];
  const log = new LogWriter({ path, limitBytes, now: () => Date.parse(AT), onGrown: (size) => grown.push(size) });
  return { log, path, grown, text: () => readFileSync(path, 'utf8') };
}

const bytes = (text: string) => Buffer.from(text);

describe('masked texts', () => {
  it('are never written, whatever stream and chunks they arrive in', () => {
    const path = join(temporaryDir(), 'e1.log');
    const masked = ['päss wörd', 'hunter2'];
    const log = new LogWriter({ path, limitBytes: 1e6, masked, now: () => Date.parse(AT), onGrown: () => undefined });
    log.write('out', bytes('token is hun'));
    log.write('out', bytes('ter2, and päss wörd\nnothing here\n'));
    log.sys('Started with hunter2');
    log.write('err', bytes('hunter2hunter2 without a line end'));
    log.close();
    expect(readFileSync(path, 'utf8')).toBe(
      [
        `${AT} out token is ***, and ***`,
        `${AT} out nothing here`,
        `${AT} sys Started with ***`,
        `${AT} err ****** without a line end`,
        '',
      ].join('\n'),
    );
  });
});

describe('masked texts of a line that is longer than a line of the log', () => {
  const open = (masked: readonly string[]) => {
    const path = join(temporaryDir(), 'e1.log');
    const log = new LogWriter({ path, limitBytes: 1e7, masked, now: () => Date.parse(AT), onGrown: () => undefined });
    const text = () =>
      readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => parseLogLine(line)?.text ?? '')
        .join('');
    return { log, text };
  };

  it('are never written in two parts, wherever the line is cut and however it arrives', () => {
    for (const chunk of [1000, 65_536, 1_000_000]) {
      for (const before of [65_523, 65_524, 65_530, 65_535, 65_536]) {
        const { log, text } = open(['hunter2-value']);
        const all = bytes(`${'x'.repeat(before)}hunter2-value${'y'.repeat(70_000)}hunter2-value`);
        for (let at = 0; at < all.length; at += chunk) log.write('out', all.subarray(at, at + chunk));
        log.close();
        expect(text()).toBe(`${'x'.repeat(before)}***${'y'.repeat(70_000)}***`);
      }
    }
  });
});

describe('the log file', () => {
  it('is created with its folders, for this person only', () => {
    const { path } = open();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  it('is not touched if it already exists, because it belongs to another run', () => {
    const path = join(temporaryDir(), 'e1.log');
    writeFileSync(path, 'somebody else');
    expect(() => new LogWriter({ path, limitBytes: 1e6, now: Date.now, onGrown: () => undefined })).toThrow('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe('somebody else');
  });

  it('throws at once if it cannot be created', () => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'logs'), 'a file, not a folder');
    const path = join(dir, 'logs/e1.log');
    expect(() => new LogWriter({ path, limitBytes: 1e6, now: Date.now, onGrown: () => undefined })).toThrow();
  });
});

describe('lines', () => {
  it('have instant, stream and text, and do not mix streams', () => {
    const { log, text } = open();
    log.write('out', bytes('one\ntw'));
    log.write('err', bytes('oops\n'));
    log.write('out', bytes('o\n'));
    log.sys('a remark\nof two lines');
    log.close();
    expect(text()).toBe(`${AT} out one\n${AT} err oops\n${AT} out two\n${AT} sys a remark\n${AT} sys of two lines\n`);
  });

  it('are completed when their stream ends', () => {
    const { log, text } = open();
    log.write('out', bytes('no line end'));
    log.endOf('out');
    log.sys('later');
    log.close();
    expect(text()).toBe(`${AT} out no line end\n${AT} sys later\n`);
  });

  it('lose only their line end: empty ones, CRLF, ANSI, NUL and invalid UTF-8 stay', () => {
    const { log, path } = open();
    const strange = Buffer.from([0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x00, 0xff, 0xfe, 0xc3, 0x28]);
    log.write('out', Buffer.concat([bytes('\n\r\na\rb\r\n'), strange, bytes('\n')]));
    log.close();
    const prefix = bytes(`${AT} out `);
    const expected = [bytes(''), bytes(''), bytes('a\rb'), strange].flatMap((line) => [prefix, line, bytes('\n')]);
    expect(readFileSync(path).equals(Buffer.concat(expected))).toBe(true);
  });

  it('are split if they are too long, but never within a character', () => {
    const { log, text } = open();
    log.write('out', bytes('x' + '€'.repeat(60_000) + '\nnext\n'));
    log.close();
    const lines = text()
      .split('\n')
      .slice(0, -1)
      .map((line) => parseLogLine(line)?.text ?? '?');
    expect(lines.join('')).toBe('x' + '€'.repeat(60_000) + 'next');
    expect(lines.length).toBe(4);
    expect(Math.max(...lines.map((line) => bytes(line).length))).toBeLessThanOrEqual(64 * 1024);
  });

  it('do not accumulate in memory if they never end', () => {
    const { log, path } = open();
    for (let i = 0; i < 100; i += 1) log.write('out', Buffer.alloc(10_000, 'a'));
    log.flush();
    expect(statSync(path).size).toBeGreaterThan(900_000);
  });
});

describe('flushing', () => {
  it('happens automatically within 200 ms, and reports the size of the file', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { log, path, grown } = open();
    log.write('out', bytes('hello\n'));
    expect(statSync(path).size).toBe(0);
    vi.advanceTimersByTime(200);
    expect(statSync(path).size).toBe(35);
    expect(grown).toEqual([35]);
    log.close();
  });

  it('happens at once for large output', () => {
    const { log, path } = open(100_000_000);
    log.write('out', bytes('some line\n'.repeat(50_000)));
    expect(statSync(path).size).toBeGreaterThan(1_000_000);
    log.close();
  });

  it('stops after the end', () => {
    const { log, text } = open();
    log.close();
    log.sys('too late');
    log.close();
    expect(text()).toBe('');
  });
});

describe('a log over its limit', () => {
  const numbered = (from: number, to: number) =>
    bytes(Array.from({ length: to - from }, (_, i) => `line ${from + i}`).join('\n') + '\n');
  const numbersOf = (text: string) => [...text.matchAll(/ out line (\d+)$/gm)].map((match) => Number(match[1]));

  it('keeps its head and its tail in whole lines, and says how many bytes were omitted', () => {
    const limit = 20_000;
    const { log, text, path } = open(limit);
    const total = 50_000;
    const expected = Array.from({ length: total }, (_, i) => `${AT} out line ${i}\n`.length).reduce((a, b) => a + b);
    for (let i = 0; i < total; i += 100) {
      log.write('out', numbered(i, i + 100));
      if (i % 1000 === 0) log.flush();
    }
    log.close();
    const lines = text()
      .split('\n')
      .slice(0, -1)
      .map((line) => parseLogLine(line) ?? { at: '', stream: 'sys' as const, text: '' });
    const markers = lines.map(leftOutBytes).filter((count) => count !== null);
    expect(markers).toHaveLength(1);
    const marker =
      text()
        .split('\n')
        .find((line) => line.includes('bytes left out')) ?? '';
    expect(statSync(path).size).toBeLessThanOrEqual(limit);
    expect(statSync(path).size).toBeGreaterThan(limit * 0.9);
    expect(statSync(path).size - (marker.length + 1) + (markers[0] ?? 0)).toBe(expected);
    const numbers = numbersOf(text());
    const gap = numbers.findIndex((number, i) => number !== i);
    expect(gap).toBeGreaterThan(200);
    expect(numbers.slice(gap)).toEqual(
      Array.from({ length: numbers.length - gap }, (_, i) => total - numbers.length + gap + i),
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(['e1.log']);
  });

  it('is not shortened as long as it is within the limit', () => {
    const { log, text } = open(20_000);
    log.write('out', numbered(0, 500));
    log.close();
    expect(numbersOf(text())).toHaveLength(500);
    expect(text()).not.toContain('left out');
  });

  it('can be followed by offset as it grows, without duplicate lines and without losing kept lines', () => {
    const { log, path } = open(20_000);
    const seen: number[] = [];
    let logical = 0;
    const follow = () => {
      const file = readFileSync(path);
      const text = file.toString('latin1');
      const match = /^\S+ sys (\d+) bytes left out here.*\n/m.exec(text);
      const headEnd = match?.index ?? Infinity;
      const shift = match ? Number(match[1]) - match[0].length : 0;
      const from = logical <= headEnd ? logical : Math.max(logical - shift, headEnd + (match?.[0].length ?? 0));
      seen.push(...numbersOf(text.slice(from)));
      logical = file.length > headEnd ? file.length + shift : file.length;
    };
    for (let i = 0; i < 5000; i += 50) {
      log.write('out', numbered(i, i + 50));
      log.flush();
      follow();
    }
    log.close();
    follow();
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  });

  it('keeps at least 4 KiB, whatever the limit', () => {
    const { log, path } = open(1);
    log.write('out', numbered(0, 10_000));
    log.close();
    expect(statSync(path).size).toBeLessThanOrEqual(4096);
    expect(statSync(path).size).toBeGreaterThan(3000);
  });
});

describe('a log that can no longer be written', () => {
  const noFullDevice = existsSync('/dev/full') ? '' : ' (this system has no /dev/full)';
  it.skipIf(noFullDevice)(`loses lines, reports it, and does not stop the task${noFullDevice}`, () => {
    const { log, path } = open();
    log.write('out', bytes('kept\n'));
    log.flush();
    // The lowest free descriptor is assigned next, so the log's file becomes a full disk.
    const fd = readdirSync('/proc/self/fd').find((name) => linkOf(name) === path);
    closeSync(Number(fd));
    expect(openSync('/dev/full', 'a+')).toBe(Number(fd));
    log.write('out', bytes('lost\n'));
    log.close();
    expect(log.problem).toMatch(/could not be written.*ENOSPC.*34 bytes/);
    expect(log.size).toBe(34);
  });

  it('is complete even if its folder was emptied meanwhile', () => {
    const { log, path, text } = open();
    log.write('out', bytes('one\n'));
    log.flush();
    rmSync(dirname(path), { recursive: true });
    log.write('out', bytes('two\n'));
    log.close();
    expect(text()).toBe(`${AT} out one\n${AT} out two\n`);
    expect(log.problem).toBeNull();
  });
});

function linkOf(name: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // The descriptor that the listing itself opened.
    return '';
  }
}
