import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTruncated, leftOutText } from '../../contract/log-format.ts';
import { FileLogTail } from './log-tail.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ncp-follow-'));
  path = join(directory, 'run.log');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const at = '2026-11-23T12:00:00.000Z';
const line = (number: number): string => `${at} out line ${String(number).padStart(3, '0')}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');
/** What the worker does when a log outgrows its limit: head, the left-out line and tail take the file's place. */
const compact = (head: string, leftOut: number, tail: string): void => {
  writeFileSync(`${path}.part`, `${head}${at} sys ${leftOutText(leftOut, 500)}\n${tail}`);
  renameSync(`${path}.part`, path);
};

describe('following a log', () => {
  const follower = (): (() => string) => {
    const following = new FileLogTail(path);
    return () => Buffer.concat([...following.read()]).toString();
  };

  it('reads what came since the last look, and nothing where there is no file yet', () => {
    const next = follower();
    expect(next()).toBe('');
    writeFileSync(path, lines(0, 3));
    expect(next()).toBe(lines(0, 3));
    expect(next()).toBe('');
    appendFileSync(path, line(3));
    expect(next()).toBe(line(3));
  });

  it('continues at the same place after another process shortened the log', () => {
    const next = follower();
    writeFileSync(path, lines(0, 20));
    expect(next()).toBe(lines(0, 20));
    appendFileSync(path, lines(20, 30));
    compact(lines(0, 5), lines(5, 15).length, lines(15, 30));
    expect(next()).toBe(lines(20, 30));
    appendFileSync(path, lines(30, 32));
    expect(next()).toBe(lines(30, 32));
    const marker = `${at} sys ${leftOutText(lines(5, 15).length, 500)}\n`;
    compact(lines(0, 5), lines(5, 15).length + lines(15, 25).length, lines(25, 32) + line(32));
    expect(next()).toBe(line(32));
    expect(marker).toContain('left out here');
  });

  it('shows the gap where it had not read what was left out', () => {
    const next = follower();
    writeFileSync(path, lines(0, 10));
    next();
    compact(lines(0, 5), lines(5, 40).length, lines(40, 45));
    expect(next()).toBe(`${at} sys ${leftOutText(lines(5, 40).length, 500)}\n${lines(40, 45)}`);
  });

  it('knows a shortened log from one that only talks about it', () => {
    expect(isTruncated(`${at} sys ${leftOutText(7, 500)}\n`)).toBe(true);
    expect(isTruncated(`${at} out x sys 7 bytes left out here: the log is limited to 500 bytes\n`)).toBe(false);
  });
});
