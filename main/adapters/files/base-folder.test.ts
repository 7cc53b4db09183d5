import { expect, it } from 'vitest';
import { baseFolder } from './base-folder.ts';

it.each<readonly [named: string | undefined, usual: string, folder: string]>([
  [undefined, '/home/kim/.config', '/home/kim/.config'],
  ['', '/home/kim/.config', '/home/kim/.config'],
  ['config', '/home/kim/.config', '/home/kim/.config'],
  ['/etc/kim', '/home/kim/.config', '/etc/kim'],
  [String.raw`D:\Roaming`, String.raw`C:\Users\kim\AppData\Roaming`, String.raw`D:\Roaming`],
  ['', String.raw`C:\Users\kim\AppData\Roaming`, String.raw`C:\Users\kim\AppData\Roaming`],
])('the folder of %j is that of %j', (named, usual, folder) => {
  expect(baseFolder(named, usual)).toBe(folder);
});
