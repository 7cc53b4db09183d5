import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { safeJson } from '../../domain/escaped-text.ts';
import { jsonPieces } from './json-pieces.ts';

const whole = (document: object): string => Buffer.concat([...jsonPieces(document)]).toString('utf8');

describe('a document in pieces', () => {
  it(
    'equals the whole document',
    () => {
      const value = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.string({ unit: 'binary' }));
      const long = fc
        .tuple(fc.array(value, { minLength: 1, maxLength: 5 }), fc.integer({ min: 120, max: 400 }))
        .map(([some, length]) => Array.from({ length }, (_, index) => some[index % some.length]));
      const document = fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(value, long));
      return checkProperty(
        'JSON in pieces',
        400,
        fc.property(document, (fields) => {
          expect(whole(fields)).toBe(`${safeJson(fields)}\n`);
        }),
      );
    },
    PROPERTY_TIMEOUT_MS,
  );

  it.each([127, 128, 129, 255, 256, 257, 10_000])('keeps each of %i elements', (length) => {
    const tasks = Array.from({ length }, (_, index) => ({
      index,
      name: index % 500 === 7 ? 'a\u202eb\u007f' : 'plain',
    }));
    expect(whole({ ok: true, tasks, after: null })).toBe(`${safeJson({ ok: true, tasks, after: null })}\n`);
  });
});
