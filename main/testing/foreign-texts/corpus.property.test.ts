import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../mutated-text.ts';
import { PROPERTY_TIMEOUT_MS, checkProperty } from '../property-runs.ts';
import { attempt } from './attempt.ts';
import { corpusOf } from './corpus.ts';
import { readers } from './readers.ts';

describe('texts that others wrote and something damaged', { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it.each(Object.keys(readers))('%s: each is read, or refused with a reason', async (reader) => {
    const texts = fc.constantFrom(...corpusOf(reader).map(([, text]) => text)).chain(mutated);
    await checkProperty(
      `damaged ${reader}`,
      40,
      fc.asyncProperty(texts, async (text) => {
        expect(await attempt(reader, text)).toBeNull();
      }),
    );
  });
});
