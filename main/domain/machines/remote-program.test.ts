import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { remoteProgram } from './remote-program.ts';

/** Returns the words that a shell makes of a command line whose program is replaced by one that prints them. */
function wordsOf(line: string): string[] {
  const { stdout, status } = spawnSync('sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`], {
    encoding: 'utf8',
    env: { HOME: '/home/kim' },
  });
  if (status !== 0) throw new Error(`sh does not understand ${line}`);
  return stdout.split('\0').slice(0, -1);
}

describe.skipIf(process.platform === 'win32')(
  'the command line for the other machine (not on Windows: needs sh)',
  () => {
    it.each([
      ['/opt/ncp-scheduler', '/opt/ncp-scheduler'],
      ['~/bin/ncp-scheduler', '/home/kim/bin/ncp-scheduler'],
      ['~/my programs/ncp', '/home/kim/my programs/ncp'],
      [`/opt/it's "here" $HOME \`id\`; rm -rf /`, `/opt/it's "here" $HOME \`id\`; rm -rf /`],
      ['/Programme/äöü', '/Programme/äöü'],
      ['/a\\b', '/a\\b'],
    ])('has the program %s as one word', (program, word) => {
      expect(wordsOf(remoteProgram({ program }, '_remote'))).toEqual([word, '_remote']);
    });

    it('has the data directory as one word, with and without a path of the program', () => {
      const dataDir = "/srv/kim's $DATA";
      expect(wordsOf(remoteProgram({ program: '/opt/ncp' }, 'bridge', dataDir)).slice(1)).toEqual([
        'bridge',
        '--data-dir',
        dataDir,
      ]);
      expect(wordsOf(remoteProgram({}, 'bridge', dataDir)).slice(3)).toEqual(['sh', 'bridge', '--data-dir', dataDir]);
    });

    it('finds a program in ~/.local/bin without a path', () => {
      const { status, stderr } = spawnSync('sh', ['-c', remoteProgram({}, '_remote')], {
        encoding: 'utf8',
        env: { HOME: '/nowhere', PATH: '/usr/bin:/bin' },
      });
      expect({ status, stderr }).toMatchObject({
        status: 127,
        stderr: expect.stringContaining('ncp-scheduler') as string,
      });
    });
  },
);
