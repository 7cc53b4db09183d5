import { expect, it } from 'vitest';
import { rehearseMcp } from './mcp-rehearsal.ts';

it('plays a whole call with the real client, and leaves nothing behind that keeps the process up', async () => {
  await expect(rehearseMcp()).resolves.toBeUndefined();
});
