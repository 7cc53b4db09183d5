import { describe, expect, it } from 'vitest';
import { parameterProblems } from './parameter-check.ts';

describe('parameters of a tool', () => {
  const schema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

  it('have a problem for each field that does not fit', () => {
    expect(parameterProblems(schema, {})).toEqual(["parameters must have required property 'path'"]);
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

  it.each([{ type: 'nonsense' }, { properties: 5 }, { $ref: '#/nowhere' }])(
    'have none against a schema that cannot be read: %j',
    (broken) => {
      expect(parameterProblems(broken, { path: 1 })).toEqual([]);
    },
  );
});
