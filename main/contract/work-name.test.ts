import { expect, test } from 'vitest';
import { nameOfWork } from './work-name.ts';

test.each([
  ['shell:run', { command: 'cd /srv && restic backup ~' }, 'restic backup'],
  ['shell:run', { args: ['/usr/bin/rsync', '-a', 'src', '/mnt/nas'] }, 'rsync /mnt/nas'],
  ['shell:run', {}, ''],
  ['http:request', { url: 'https://example.org/health', method: 'GET' }, 'example.org'],
  ['http:request', {}, ''],
  ['agent:run', { agent: 'codex', prompt: 'Summarise the commits\nof the last day' }, 'Summarise the commits'],
  ['agent:run', { agent: 'codex', promptFile: 'prompts/digest.md' }, 'prompts/digest.md'],
  ['notes:make_daily-digest', { folder: 'x' }, 'make daily digest'],
  ['', {}, ''],
])('%s with %j is named “%s”', (tool, parameters, name) => expect(nameOfWork(tool, parameters)).toBe(name));

test('a long prompt is cut at the end of a word', () => {
  const name = nameOfWork('agent:run', { prompt: 'word '.repeat(40) });
  expect(name).toMatch(/word…$/);
  expect(name.length).toBeLessThanOrEqual(60);
});
