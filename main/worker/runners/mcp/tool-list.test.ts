import { describe, expect, it } from 'vitest';
import { listedTools } from './tool-list.ts';

describe('a list of tools', () => {
  const list = [
    { name: 'good', title: 'Good', inputSchema: { type: 'object', required: ['a'] } },
    { name: 'no-schema' },
    { name: 'bad-schema', inputSchema: [], title: 5 },
    { title: 'no name' },
    null,
  ];

  it('keeps the good ones beside broken ones, which take any parameters', () => {
    const tools = listedTools(list, () => undefined);
    expect(tools).toEqual([
      { name: 'good', title: 'Good', inputSchema: { type: 'object', required: ['a'] } },
      { name: 'no-schema', inputSchema: { type: 'object' } },
      { name: 'bad-schema', inputSchema: { type: 'object' } },
    ]);
  });

  it('says what is broken', () => {
    const remarks: string[] = [];
    listedTools(list, (remark) => remarks.push(remark));
    expect(remarks).toEqual([
      'The tool no-schema has no valid schema, so its parameters are not checked before the call.',
      'The tool bad-schema has no valid schema, so its parameters are not checked before the call.',
      'Tool 4 of the server has no name and is left out.',
      'Tool 5 of the server has no name and is left out.',
    ]);
  });
});
