import { describe, expect, test } from 'vitest';
import { readPasted, requestOf } from './pasted-task.ts';

const shell = (schedule: string, command: string, name: string, more: object = {}) => ({
  name,
  schedule,
  tool: 'shell:run',
  parameters: { command },
  ...more,
});

test.each([
  ['every hour: backup.sh', shell('every hour', 'backup.sh', 'backup.sh')],
  ['  */5 * * * * /usr/bin/backup.sh\n', shell('*/5 * * * *', '/usr/bin/backup.sh', 'backup.sh')],
  ['# nightly\n@daily a.sh \\\n  --all', shell('@daily', 'a.sh --all', 'a.sh')],
  ['every hour', shell('every hour', '', '')],
  ['', shell('', '', '')],
  ['every hour: A=1 run', shell('every hour', 'A=1 run', 'run')],
  [
    "every hour: curl https://a.test/ \\\n -d 'a\nb'",
    shell('every hour', "curl https://a.test/ \\\n -d 'a\nb'", 'curl a.test'),
  ],
  ['every hour: curl https://a.test/', shell('every hour', 'curl https://a.test/', 'curl a.test')],
  [
    'https://a.test/health?x=1',
    { name: 'a.test', schedule: '', tool: 'http:request', parameters: { url: 'https://a.test/health?x=1' } },
  ],
  [
    'every 5 minutes: https://a.test/',
    { name: 'a.test', schedule: 'every 5 minutes', tool: 'http:request', parameters: { url: 'https://a.test/' } },
  ],
  [
    "curl -m 5 'https://a.test/' \\\n  -H 'X: 1'",
    {
      name: 'a.test',
      schedule: '',
      tool: 'http:request',
      parameters: { url: 'https://a.test/', headers: { X: '1' } },
      policies: { timeoutMs: 5000 },
    },
  ],
  ['curl https://a.test/ | jq .', shell('', 'curl https://a.test/ | jq .', 'curl a.test')],
])('%j', (text, sketch) => expect(readPasted(text)).toMatchObject({ kind: 'task', sketch, notes: [] }));

describe('the variables of a crontab', () => {
  const lines = 'MAILTO=me@a.test\nPATH = "/opt/bin:/usr/bin"\nCRON_TZ=Europe/Berlin\nSHELL=/bin/bash\nHOME=/srv\n';
  const read = {
    kind: 'task',
    sketch: {
      schedule: '0 9 * * *',
      parameters: { command: 'run.sh', shell: 'bash' },
      env: { PATH: '/opt/bin:/usr/bin', HOME: '/srv' },
      workingDirectory: '/srv',
      timezone: 'Europe/Berlin',
    },
    notes: ['MAILTO is not kept. The output of each run is in its log, and you are notified of failures.'],
  };

  test('before its line', () => expect(readPasted(`${lines}0 9 * * * run.sh`)).toMatchObject(read));

  test('before its line, in one line', () =>
    expect(readPasted(`${lines.replaceAll(' = ', '=').replaceAll('\n', ' ')}0 9 * * * run.sh`)).toMatchObject(read));

  test('a shell that tasks do not offer is said', () =>
    expect(readPasted('SHELL=/bin/tcsh\n@daily a')).toMatchObject({
      notes: [expect.stringMatching(/SHELL=\/bin\/tcsh is not kept/)],
    }));
});

test('several lines are never joined to one command', () =>
  expect(readPasted('@daily a\n# comment\n\n*/5 * * * * b')).toEqual({ kind: 'several', lines: 2 }));

test('a cURL command after a schedule can become a request', () => {
  const pasted = readPasted('every hour: curl -d @f -L https://a.test/x');
  if (pasted.kind !== 'task') throw new Error('no task');
  expect(requestOf(pasted)).toEqual({
    kind: 'task',
    sketch: {
      name: 'curl a.test',
      schedule: 'every hour',
      tool: 'http:request',
      parameters: { url: 'https://a.test/x', method: 'POST' },
    },
    command: 'POST https://a.test/x',
    notes: [expect.stringMatching(/the file f is not read/)],
  });
  const other = readPasted('every hour: backup.sh');
  expect(other.kind === 'task' && requestOf(other)).toBeNull();
});
