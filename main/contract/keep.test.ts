import { expect, it } from 'vitest';
import { readKeep } from './keep.ts';
import { settingsSchema } from './settings.ts';

const server = { command: 'x' };

it('reads how long a server is kept', () => {
  const read = (keep: unknown) => readKeep({ ...server, keep });
  expect(['90s', '10m', '1.5 h', '5 min', undefined, false].map(read)).toEqual(
    [90_000, 600_000, 5_400_000, 300_000, null, null].map((forMs) => ({ forMs })),
  );
});

it.each(['0s', '500ms', '25h', 'ten minutes', '', 600, true])('refuses %j and says what would be right', (keep) => {
  const problem = `must be a length of time from 1s to 24h, such as "10m", not ${JSON.stringify(keep)}`;
  expect(readKeep({ ...server, keep })).toEqual({ problem });
});

it('refuses servers with an address, and names the field in the settings', () => {
  const read = settingsSchema.safeParse({ mcpServers: { web: { url: 'https://example.org/mcp', keep: '10m' } } });
  expect(read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
    'mcpServers.web.keep is only for servers with a command: a server with an address runs by itself',
  ]);
});
