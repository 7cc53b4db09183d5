import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../../main/contract/alerts/rules.ts';
import { digestValues, readDigest } from './digest-form.ts';

const digests: Digest[] = [
  { channels: ['ops'], every: 'day', at: '07:30' },
  { channels: ['ops', 'mail'], every: 'week', at: '18:00', weekday: 7 },
];

describe('the form of a digest', () => {
  it.each(digests)('shows and reads back %j', (digest) => {
    expect(readDigest(digestValues(digest))).toEqual({ digest });
  });

  it('is off at first, and names each field that is wrong', () => {
    expect(readDigest(digestValues(undefined))).toEqual({ digest: null });
    const read = readDigest({ ...digestValues(undefined), every: 'day', at: '7 am' });
    expect('errors' in read && Object.keys(read.errors)).toEqual(['at', 'channels']);
  });
});
