import { expect, test } from 'vitest';
import { fieldsOf, hasForm } from './schema.ts';

const kinds = (properties: Record<string, unknown>, required: string[] = []) =>
  Object.fromEntries(fieldsOf({ properties, required }).map((field) => [field.name, field.kind]));

test('each kind of property has its control', () => {
  expect(
    kinds({
      text: { type: 'string' },
      count: { type: 'integer' },
      share: { type: 'number' },
      deep: { type: 'boolean' },
      sort: { enum: ['name', 'size'] },
      mixed: { enum: ['a', 1] },
      paths: { type: 'array', items: { type: 'string' } },
      points: { type: 'array', items: { type: 'number' } },
      inner: { type: 'object', properties: { a: {} } },
      free: { type: 'object' },
      any: {},
      either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    }),
  ).toEqual({
    text: 'text',
    count: 'integer',
    share: 'number',
    deep: 'boolean',
    sort: 'choice',
    mixed: 'choice',
    paths: 'lines',
    points: 'json',
    inner: 'object',
    free: 'json',
    any: 'json',
    either: 'text',
  });
});

test('required fields come first, and defaults are shown', () => {
  const fields = fieldsOf({
    properties: { depth: { type: 'integer', default: 3, title: 'Depth' }, path: { type: 'string' } },
    required: ['path'],
  });
  expect(fields.map(({ name, label, required, defaultText }) => ({ name, label, required, defaultText }))).toEqual([
    { name: 'path', label: 'path', required: true, defaultText: undefined },
    { name: 'depth', label: 'Depth', required: false, defaultText: '3' },
  ]);
});

test('a schema without named properties has no form', () => {
  expect([{}, { properties: {} }, { properties: [] }, { properties: { a: true } }].map(hasForm)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test('an enum keeps the types of its values', () => {
  const [field] = fieldsOf({ properties: { level: { enum: ['high', 2, null, true] } } });
  expect(field?.choices).toEqual([
    { key: '"high"', label: 'high', value: 'high' },
    { key: '2', label: '2', value: 2 },
    { key: 'null', label: 'null', value: null },
    { key: 'true', label: 'true', value: true },
  ]);
});

test('references are resolved, also nested ones, and circles end', () => {
  const schema = {
    $defs: {
      Point: { type: 'object', description: 'a point', properties: { unit: { $ref: '#/$defs/Unit' } } },
      Unit: { enum: ['cm', 'in'] },
      Loop: { $ref: '#/$defs/Loop' },
    },
    properties: {
      from: { $ref: '#/$defs/Point', description: 'where it begins' },
      maybe: { anyOf: [{ $ref: '#/$defs/Unit' }, { type: 'null' }], default: null },
      nullable: { type: ['integer', 'null'] },
      loop: { $ref: '#/$defs/Loop' },
      gone: { $ref: '#/$defs/Gone' },
    },
  };
  const fields = fieldsOf(schema);
  expect(fields.map(({ name, kind, description }) => [name, kind, description])).toEqual([
    ['from', 'object', 'where it begins'],
    ['maybe', 'choice', undefined],
    ['nullable', 'integer', undefined],
    ['loop', 'json', undefined],
    ['gone', 'json', undefined],
  ]);
  expect(fieldsOf(fields[0]?.schema ?? {}).map(({ name, kind }) => [name, kind])).toEqual([['unit', 'choice']]);
});
