import { expect, it } from 'vitest';
import type { Task } from '../../contract/task.ts';
import { aTask } from '../../testing/schedule-samples.ts';
import { differences } from './task-differences.ts';

type Probe = NonNullable<NonNullable<Task['policies']>['probe']>;

const shownOf = (probe: Probe): Record<string, string | null> => {
  const task = aTask({ policies: { probe } });
  return Object.fromEntries(differences(null, task, {}).map(({ field, after }) => [field, after]));
};

it('a probe is shown with every parameter that runs, not only with its line', () => {
  const shell = { command: 'sh', stdin: 'touch /tmp/made', shell: 'bash', successExitCodes: [0, 7] };
  expect(shownOf({ tool: 'shell:run', parameters: shell })).toMatchObject({
    Probe: 'sh',
    'Probe: Parameter stdin': 'touch /tmp/made',
    'Probe: Parameter shell': 'bash',
    'Probe: Parameter successExitCodes': '[0,7]',
  });
  const request = { url: 'https://example.org/', headers: { Accept: 'text/plain' }, saveTo: '/home/person/.profile' };
  expect(shownOf({ tool: 'http:request', parameters: request })).toMatchObject({
    Probe: 'GET https://example.org/',
    'Probe: Parameter headers': '{"Accept":"text/plain"}',
    'Probe: Parameter saveTo': '/home/person/.profile',
  });
});

it('a probe of another server shows its parameters in its line', () => {
  const shown = shownOf({ tool: 'files:read', parameters: { path: '/etc/hosts' } });
  expect(shown).toMatchObject({ Probe: 'files:read {"path":"/etc/hosts"}', 'Probe tool': 'files:read' });
});
