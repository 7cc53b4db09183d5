import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readPages } from './pages.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ncp-pages-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<title>Window</title>');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const textOf = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString();

it('serves a compressed file of the npm package under its own name and type, also to clients without gzip', () => {
  writeFileSync(join(dir, 'assets/index-a1.js.gz'), gzipSync('let one = 1;'));
  const pages = readPages(dir);
  expect([...pages.keys()].sort()).toEqual(['/', '/assets/index-a1.js', '/index.html']);
  const page = pages.get('/assets/index-a1.js');
  expect(page).toMatchObject({ type: 'text/javascript; charset=utf-8', lasting: true });
  expect(textOf(page?.whole)).toBe('let one = 1;');
  expect(textOf(gunzipSync(page?.gzip ?? new Uint8Array()))).toBe('let one = 1;');
});

it('compresses text, but no fonts', () => {
  writeFileSync(join(dir, 'assets/inter-a1.woff2'), 'font');
  const pages = readPages(dir);
  expect(textOf(gunzipSync(pages.get('/')?.gzip ?? new Uint8Array()))).toBe('<title>Window</title>');
  expect(pages.get('/assets/inter-a1.woff2')?.gzip).toBeNull();
});
