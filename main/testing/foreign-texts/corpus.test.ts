import { describe, expect, it } from 'vitest';
import { attempt } from './attempt.ts';
import { corpusOf } from './corpus.ts';
import { readers } from './readers.ts';

describe.each(Object.keys(readers))('texts that others wrote, read as %s', (reader) => {
  const texts = corpusOf(reader);

  it('there are some', () => expect(texts).not.toEqual([]));

  it.each(texts)('%s is read, or refused with a reason', async (_name, text) => {
    expect(await attempt(reader, text)).toBeNull();
  });
});
