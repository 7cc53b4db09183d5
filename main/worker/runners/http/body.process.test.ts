import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveHttp } from '../../../testing/http-servers/http-servers.ts';
import { runnerFixture } from '../../../testing/runner-fixture.ts';

/** Prepares a folder with yesterday's file, and runs a request in it. */
async function fixture(listener: RequestListener) {
  const { start, dir } = await runnerFixture();
  const files = join(dir, 'files');
  mkdirSync(files);
  writeFileSync(join(files, 'data'), 'yesterday', { mode: 0o640 });
  const requests: string[] = [];
  const url = await serveHttp((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  const run = async (parameters: Record<string, unknown>, more: object = {}) => {
    const started = start('http:request', { url, ...parameters }, { workingDirectory: files, ...more });
    const result = await started.finished;
    return { result, log: started.log(), message: result.error?.message ?? '' };
  };
  const content = () => readFileSync(join(files, 'data'), 'latin1');
  return { run, files, content, requests, names: () => readdirSync(files).sort() };
}

describe('"saveTo"', () => {
  it('writes the bytes of the body to the file, not to the log, and keeps its permissions', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_none, index) => index % 251));
    const { run, files, names } = await fixture((_request, response) => response.end(bytes));
    const { result, log } = await run({ saveTo: 'data' });
    const path = join(files, 'data');
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(result).toMatchObject({ status: 'success', result: { status: 200, savedTo: path, bodyBytes: 300_000 } });
    expect(log).toContain(` sys Saved 300000 bytes to ${path}\n`);
    expect(log.length).toBeLessThan(2000);
    expect(names()).toEqual(['data']);
  });

  it('leaves the file alone if the status is no success, and logs the body', async () => {
    const { run, content, names } = await fixture((_request, response) => response.writeHead(503).end('sorry'));
    const { result, log } = await run({ saveTo: 'data' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/status' }, result: { body: 'sorry' } });
    expect(log).toContain(' out sorry\n');
    expect([content(), names()]).toEqual(['yesterday', ['data']]);
  });

  it('leaves the file alone if the body is cut off', async () => {
    const { run, content, names } = await fixture((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('partial', () => response.destroy());
    });
    const { result } = await run({ saveTo: 'data' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/broken-answer' } });
    expect([content(), names()]).toEqual(['yesterday', ['data']]);
  });

  it('leaves the file alone if the run reaches its time limit', async () => {
    const { run, content, names } = await fixture((_request, response) => void response.writeHead(200).write('begun'));
    const { result } = await run({ saveTo: 'data' }, { timeoutMs: 1500 });
    expect(result.status).toBe('timeout');
    expect([content(), names()]).toEqual(['yesterday', ['data']]);
  });

  it('refuses at once a body for which the disk has no room', async () => {
    const { run, content, names } = await fixture((_request, response) => {
      response.writeHead(200, { 'content-length': String(2 ** 52) }).write('begun');
    });
    const { result, message } = await run({ saveTo: 'data' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'http/not-saved' } });
    expect(message).toMatch(/has 4503599627370496 bytes, and the disk has \d+ bytes left/);
    expect([content(), names()]).toEqual(['yesterday', ['data']]);
  });

  it.each([
    ['link', 'is a link'],
    ['dangling', 'is a link'],
    ['folder', 'is a folder'],
    ['missing/data', 'does not exist'],
    ['data/below', 'does not exist'],
  ])('refuses %s before anything is sent', async (saveTo, reason) => {
    const { run, files, content, requests } = await fixture((_request, response) => response.end('new'));
    symlinkSync('data', join(files, 'link'));
    symlinkSync('nowhere', join(files, 'dangling'));
    mkdirSync(join(files, 'folder'));
    const { result, message } = await run({ saveTo, method: 'POST', body: 'x' });
    expect(result).toMatchObject({ status: 'failure', error: { code: 'execution/bad-save-path' } });
    expect(message).toContain(reason);
    expect([content(), requests]).toEqual(['yesterday', []]);
  });

  it('refuses a link that appears while the body arrives', async () => {
    const { run, files, content } = await fixture((_request, response) => {
      symlinkSync('data', join(files, 'new'));
      response.end('from the server');
    });
    const { result } = await run({ saveTo: 'new' });
    expect(result.error?.code).toBe('execution/bad-save-path');
    expect(lstatSync(join(files, 'new')).isSymbolicLink()).toBe(true);
    expect(content()).toBe('yesterday');
  });

  it('lets success criteria check the body and the file', async () => {
    const { run } = await fixture((_request, response) => response.end('{"ok":false}'));
    const criteria = [
      { check: 'file', path: 'data', minBytes: 5 },
      { check: 'json', path: '$.ok', is: 'equals', value: true },
    ];
    const { result } = await run({ saveTo: 'data' }, { success: criteria });
    expect(result.error?.code).toBe('check/json');
  });
});

it('the body is read in its charset, in the log, the result and the success criteria', async () => {
  const { run } = await fixture((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/plain; charset=latin1' }).end(Buffer.from('café\n', 'latin1')),
  );
  const success = [{ check: 'contains', text: 'café' }];
  const { result, log } = await run({}, { success });
  expect(result).toMatchObject({ status: 'success', result: { body: 'café\n', bodyBytes: 5 } });
  expect(log).toContain(' out café\n');
});
