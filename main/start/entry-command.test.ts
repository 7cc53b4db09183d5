import { describe, expect, it } from 'vitest';
import { entryCommand, entryEnvironment, entryNamespace, type Executable } from './entry-command.ts';

const app: Executable = { execPath: '/opt/ncp/ncp-scheduler', appImage: undefined, script: null, platform: 'linux' };

describe('the command of an OS entry', () => {
  it('is the packaged app, with the headless switches before its own arguments', () =>
    expect(entryCommand(app, '/data', false)).toEqual([
      '/opt/ncp/ncp-scheduler',
      '--ozone-platform=headless',
      '--disable-gpu',
      '--data-dir',
      '/data',
    ]));
  it('is the AppImage file itself, because its mount path changes at each start', () =>
    expect(entryCommand({ ...app, appImage: '/home/ada/NCP.AppImage' }, '/data', true)[0]).toBe(
      '/home/ada/NCP.AppImage',
    ));
  it('is Node and the built script without Electron', () =>
    expect(entryCommand({ ...app, execPath: '/usr/bin/node', script: '/srv/out/headless.js' }, '/data', true)).toEqual([
      '/usr/bin/node',
      '/srv/out/headless.js',
    ]));
  it('is the launcher where Node and the package may move', () =>
    expect(
      entryCommand({ ...app, script: '/usr/lib/node_modules/ncp-scheduler/headless/headless.js' }, '/data', false, [
        '/bin/sh',
        '/data/launcher.sh',
      ]),
    ).toEqual(['/bin/sh', '/data/launcher.sh', '--data-dir', '/data']));
  it('has no headless switches on other systems', () =>
    expect(entryCommand({ ...app, platform: 'darwin' }, '/data', true)).toEqual(['/opt/ncp/ncp-scheduler']));
});

describe('the environment of an OS entry', () => {
  it('does not depend on the process that writes the entry', () =>
    expect(entryEnvironment('linux', '/home/ada', 1000)).toEqual({
      HOME: '/home/ada',
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      XDG_RUNTIME_DIR: '/run/user/1000',
    }));
});

describe('the namespace of entries', () => {
  it('is empty for the default data directory and different for every other one', () => {
    expect(entryNamespace('/home/ada/.ncp/scheduler', true)).toBe('');
    expect(entryNamespace('/data/one', false)).not.toBe(entryNamespace('/data/two', false));
  });
});
