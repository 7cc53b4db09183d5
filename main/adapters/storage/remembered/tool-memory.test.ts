import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openToolMemory } from './tool-memory.ts';

const directory = mkdtempSync(join(tmpdir(), 'ncp-tools-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = join(directory, 'tools.json');
const files = {
  configuration: 'abc',
  server: { name: 'files', version: '1.0.0' },
  askedAt: '2026-11-23T12:00:00.000Z',
  tools: [{ tool: 'files:read', title: 'Read', description: '', inputSchema: { type: 'object' } }],
};

it('stores each server separately, readable for its owner only', () => {
  openToolMemory(path).set('files', files);
  openToolMemory(path).set('mail', { ...files, server: null });
  expect(openToolMemory(path).get('files')).toEqual(files);
  expect(openToolMemory(path).get('mail')?.server).toBeNull();
  expect(openToolMemory(path).get('toString')).toBeNull();
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

it.each(['', '{"version": 2}', '{"version": 1, "servers": {"files": {}}}', '[1]'])('%j counts as empty', (text) => {
  writeFileSync(path, text);
  expect(openToolMemory(path).get('files')).toBeNull();
  openToolMemory(path).set('files', files);
  expect(openToolMemory(path).get('files')).toEqual(files);
});
