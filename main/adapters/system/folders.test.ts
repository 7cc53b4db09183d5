import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { exampleOf, listFolders } from './folders.ts';

function folderWith(...names: readonly string[]): string {
  const dir = temporaryDir();
  for (const name of names) mkdirSync(join(dir, name));
  return dir;
}

describe('the folders of a folder', () => {
  it('are sorted as people count, hidden ones last, without files', async () => {
    const dir = folderWith('web 10', 'web 9', '.git', 'Änderungen', 'api');
    writeFileSync(join(dir, 'README'), '');
    expect(await listFolders(dir)).toEqual({
      ...{ path: dir, parent: join(dir, '..') },
      ...{ folders: ['Änderungen', 'api', 'web 9', 'web 10', '.git'], isWhole: true },
    });
  });

  it('include links to folders, not those to files or nowhere', async () => {
    const dir = folderWith('real');
    writeFileSync(join(dir, 'file'), '');
    symlinkSync(join(dir, 'real'), join(dir, 'linked'));
    symlinkSync(join(dir, 'file'), join(dir, 'to-file'));
    symlinkSync(join(dir, 'gone'), join(dir, 'broken'));
    symlinkSync(join(dir, 'loop'), join(dir, 'loop'));
    expect((await listFolders(dir)).folders).toEqual(['linked', 'real']);
  });

  it('begin at home, and end at the root', async () => {
    expect((await listFolders(null)).path).toBe(homedir());
    expect((await listFolders('')).path).toBe(homedir());
    expect(await listFolders('/')).toMatchObject({ path: '/', parent: null });
    const dir = folderWith('a');
    expect((await listFolders(`${dir}/a/../a//`)).path).toBe(join(dir, 'a'));
  });

  it('are listed in part where there are too many, which is said', async () => {
    const dir = temporaryDir();
    for (let index = 0; index < 2001; index += 1) mkdirSync(join(dir, `${index}`));
    const { folders, isWhole } = await listFolders(dir);
    expect([folders.length, isWhole]).toEqual([2000, false]);
  });

  it.each([
    ['projects', `projects is not an absolute path, such as ${exampleOf(process.platform)}.`],
    ['~', `~ is not an absolute path, such as ${exampleOf(process.platform)}.`],
    ['/not/there', '/not/there does not exist.'],
    ['/etc/hostname', '/etc/hostname is not a folder.'],
    ['/a\0b', /cannot be read: .*null bytes/],
  ])('of %j are refused with the reason', async (path, message) => {
    await expect(listFolders(path)).rejects.toMatchObject({
      code: 'usage/unreadable-folder',
      message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
    });
  });

  it('are explained with a path of the platform', () => {
    expect(exampleOf('win32')).toBe('C:\\Users\\person\\projects');
    expect(exampleOf('linux')).toBe('/home/person/projects');
  });

  it.skipIf(process.getuid?.() === 0)(
    'that may not be read are refused with the reason (skipped for root)',
    async () => {
      const dir = folderWith('closed');
      chmodSync(join(dir, 'closed'), 0);
      const path = join(dir, 'closed');
      await expect(listFolders(path)).rejects.toThrow(`You do not have permission to read ${path}.`);
    },
  );
});
