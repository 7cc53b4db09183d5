import { expect, it } from 'vitest';
import { rehearseMcp } from './rehearsal.ts';

it('makes a whole call with the real client, and leaves nothing that keeps the process alive', async () => {
  await expect(rehearseMcp()).resolves.toBeUndefined();
});
