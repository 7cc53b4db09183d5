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
    mixed: 'json',
    paths: 'lines',
    points: 'json',
    inner: 'object',
    free: 'json',
    any: 'json',
    either: 'json',
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
