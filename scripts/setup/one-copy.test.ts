import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { oneCopyOfAjv, withOurAjv } from './one-copy.mjs';
import { inProject } from './project.mjs';

interface Validator {
  getValidator(schema: object): (value: unknown) => { readonly valid: boolean };
}

const validators = inProject('node_modules/@modelcontextprotocol/client/dist/validators/ajv.mjs');

test('the SDK checks by the one copy of Ajv, in each version of JSON Schema, also formats', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'ncp-ajv-'));
  onTestFinished(() => rmSync(outDir, { recursive: true }));
  const lib = { entry: validators, formats: ['es' as const], fileName: () => 'validator.mjs' };
  await build({
    ...{ configFile: false, logLevel: 'error', plugins: [oneCopyOfAjv()] },
    build: { outDir, lib, minify: false },
  });
  const { AjvJsonSchemaValidator } = (await import(pathToFileURL(join(outDir, 'validator.mjs')).href)) as {
    readonly AjvJsonSchemaValidator: new () => Validator;
  };
  const dialects = [
    'http://json-schema.org/draft-07/schema',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ];
  for (const $schema of dialects) {
    const validate = new AjvJsonSchemaValidator().getValidator({ $schema, format: 'date' });
    expect([validate('2026-11-29').valid, validate('today').valid], $schema).toEqual([true, false]);
  }
});

test('another SDK, which holds Ajv in another way, stops the build', () => {
  expect(() => withOurAjv('ajvProvider-x.mjs', 'export {};')).toThrow('ajvProvider-x.mjs holds Ajv in another way');
});
