import { expect, it } from 'vitest';
import { workerEnvironment } from './child-environment.ts';

const caller = {
  HOME: '/home/a',
  PATH: '/bin',
  ANTHROPIC_API_KEY: 'sk-ant-1',
  LD_PRELOAD: '/tmp/x.so',
  LD_LIBRARY_PATH: '/tmp',
  DYLD_INSERT_LIBRARIES: '/tmp/x.dylib',
  NODE_OPTIONS: '--require /tmp/x.js',
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  ELECTRON_RUN_AS_NODE: '1',
  npm_config_registry: 'http://x',
  NCP_EXECUTION_ID: 'e1',
};

it('a worker gets nothing of the calling program but where to find things', () => {
  expect(workerEnvironment(caller, 'linux')).toEqual({ HOME: '/home/a', PATH: '/bin' });
});

it('a worker of an AppImage finds the libraries of the AppImage', () => {
  const { LD_LIBRARY_PATH: libraries } = workerEnvironment({ ...caller, APPDIR: '/tmp/m', APPIMAGE: '/a' }, 'linux');
  expect(libraries).toBe('/tmp');
});

it('on Windows a worker keeps what is not about Node, Electron or npm', () => {
  const kept = workerEnvironment(
    { SystemRoot: 'C:\\Windows', Node_Options: '-r x', npm_config_registry: 'x' },
    'win32',
  );
  expect(kept).toEqual({ SystemRoot: 'C:\\Windows' });
});
