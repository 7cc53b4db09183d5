import { describe, expect, it } from 'vitest';
import { parameterProblems } from './parameter-check.ts';

describe('parameters of a tool', () => {
  const schema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

  it('have a problem for each field that does not fit', () => {
    expect(parameterProblems(schema, {})).toEqual(['parameters needs "path"']);
    expect(parameterProblems(schema, { path: 1 })).toEqual(['parameters.path must be a string']);
  });

  it.each([
    [['string', 'null'], 'must be a string or null'],
    ['array', 'must be an array'],
    ['boolean', 'must be true or false'],
    ['integer', 'must be a whole number'],
  ])('of the type %j are asked for in words', (type, words) => {
    expect(parameterProblems({ properties: { path: { type } } }, { path: 1.5 })).toEqual([`parameters.path ${words}`]);
  });

  it('that do not exist are named, with those that do', () => {
    const closed = { ...schema, additionalProperties: false };
    expect(parameterProblems(closed, { path: 'x', paht: 'y' })).toEqual([
      'parameters has no field "paht". Did you mean "path"?',
    ]);
    expect(parameterProblems(closed, { path: 'x', zzz: 'y' })).toEqual([
      'parameters has no field "zzz". Known are path',
    ]);
  });

  it('of which one is needed are asked for together', () => {
    const either = { oneOf: [{ required: ['prompt'] }, { required: ['promptFile'] }] };
    const problem = 'parameters must have exactly one of prompt and promptFile';
    expect(parameterProblems(either, {})).toEqual([problem]);
    expect(parameterProblems(either, { prompt: 'a', promptFile: 'b' })).toEqual([problem]);
    expect(parameterProblems(either, { prompt: 'a' })).toEqual([]);
  });

  it.each([{ type: 'nonsense' }, { properties: 5 }, { $ref: '#/nowhere' }])(
    'have none against a schema that cannot be read: %j',
    (broken) => {
      expect(parameterProblems(broken, { path: 1 })).toEqual([]);
    },
  );
});
