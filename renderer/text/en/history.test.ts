import { expect, it } from 'vitest';
import { history } from './history.ts';

it.each([
  ['timeFormat', 'Time format'],
  ['notifyOnMissed', 'Notify me when a run is missed'],
  ['policies.nice', 'Priority'],
  ['policies.of a newer version', 'of a newer version'],
  ['env.PATH', 'PATH'],
  ['mcpServers.my.server', 'MCP server my.server'],
  ['agents.clients.claude', 'Agent claude'],
  ['alerts.channels.phone', 'Alert channel phone'],
  ['alerts.digest', 'Digest'],
  ['constructor', 'constructor'],
  ['policies.constructor', 'constructor'],
  ['ofNewer.version', 'ofNewer.version'],
])('a change of %s is called "%s"', (field, name) => {
  expect(history.field(field)).toBe(name);
});
