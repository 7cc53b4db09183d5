import { expect, test } from 'vitest';
import { fitsSchema } from './parameters-schema.ts';
import { builtInNames, builtIns, builtInTools, isBuiltIn, isMcpTool, summaryOf } from './built-ins.ts';

test('every built-in tool is listed under its own name', () => {
  expect(builtInNames).toEqual(builtInTools.map(({ tool }) => tool));
});

test('agents see the same fields of a built-in tool as of any other tool', () => {
  for (const tool of builtInTools) expect(Object.keys(tool)).toEqual(['tool', 'title', 'description', 'inputSchema']);
  expect(JSON.parse(JSON.stringify(builtInTools))).toEqual(builtInTools);
});

test('only complete names are built in, so that a server may have the name of a built-in one', () => {
  expect(['shell:run', 'http:request'].every(isBuiltIn)).toBe(true);
  expect(['shell:walk', 'files:list', 'toString', ''].some(isBuiltIn)).toBe(false);
  expect(['files:list', 'shells:run', 'shell'].every(isMcpTool)).toBe(true);
  expect(['shell:walk', 'http:get:x'].every(isMcpTool)).toBe(true);
  expect(['shell:run', 'http:request'].some(isMcpTool)).toBe(false);
});

test('the summary shows a call as a person would write it', () => {
  expect(summaryOf('shell:run', { command: 'ls | wc' })).toBe('ls | wc');
  expect(summaryOf('shell:run', { args: ['echo', "it's", 1] })).toBe(`echo 'it'\\''s' 1`);
  expect(summaryOf('http:request', { url: 'https://a', method: 'POST' })).toBe('POST https://a');
  expect(summaryOf('http:request', { url: 'https://a' })).toBe('GET https://a');
  expect(summaryOf('http:request', {})).toBeNull();
  expect(summaryOf('files:list', { command: 'x' })).toBeNull();
});

test.each([
  [{ command: 'true' }, true],
  [{ args: ['true'], successExitCodes: [0, 3], shell: undefined }, true],
  [{}, false],
  [{ command: '' }, false],
  [{ command: 'true', args: ['true'] }, false],
  [{ command: 'true', shell: 'csh' }, false],
  [{ command: 'true', successExitCodes: 1.5 }, false],
  [{ command: 'true', successExitCodes: [] }, false],
  [{ command: 'true', toString: 'x' }, false],
])('shell:run accepts %j: %s', (parameters, fits) => {
  expect(fitsSchema(builtIns['shell:run'].inputSchema, parameters)).toBe(fits);
});

test.each([
  [{ url: 'https://a', headers: { accept: '*/*' }, body: [1] }, true],
  [{ url: 'ftp://a' }, false],
  [{ url: 'https://a', headers: { accept: 1 } }, false],
  [{ url: 'https://a', headers: ['accept'] }, false],
])('http:request accepts %j: %s', (parameters, fits) => {
  expect(fitsSchema(builtIns['http:request'].inputSchema, parameters)).toBe(fits);
});
