import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { compressedData } from './compressed-data.mjs';
import { inProject } from './project.mjs';

const require = createRequire(import.meta.url);
const { load } = compressedData() as unknown as {
  load: (id: string) => Promise<{ code: string; moduleType: string } | null>;
};

/** Runs what the plugin makes of a CommonJS module or JSON file. */
async function unpacked(file: string): Promise<unknown> {
  const { code = '' } = (await load(file)) ?? {};
  const module = { exports: {} as unknown };
  runInNewContext(code, { module, require, Buffer, JSON });
  return module.exports;
}

test.each([
  'node_modules/moment-timezone/data/packed/latest.json',
  'node_modules/@xmldom/xmldom/lib/entities.js',
  'node_modules/undici/lib/llhttp/llhttp_simd-wasm.js',
  'node_modules/undici/lib/llhttp/llhttp-wasm.js',
])('%s unpacks to what it was', async (path) => {
  expect(await unpacked(inProject(path))).toEqual(require(inProject(path)));
});

test('tables of ES modules keep the names of their exports, and take a fraction of their size', async () => {
  const file = inProject('node_modules/date-holidays/src/data.js');
  const { code = '' } = (await load(file)) ?? {};
  expect(code.length).toBeLessThan(120_000);
  const made = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { data: unknown };
  expect(made.data).toEqual(((await import(file)) as { data: unknown }).data);
});

test('other modules stay as they are', async () => {
  expect(await load(inProject('node_modules/date-holidays/src/index.js'))).toBeNull();
});
