import { expect, test } from 'vitest';
import { removeRefusedSwitches } from './refused-switches.ts';

function commandLine(...names: string[]) {
  const left = new Set(names);
  return { left, hasSwitch: (name: string) => left.has(name), removeSwitch: (name: string) => void left.delete(name) };
}

test.each(['remote-debugging-port', 'remote-debugging-pipe', 'load-extension', 'js-flags', 'gpu-launcher'])(
  '--%s is removed with a warning, other switches stay',
  (name) => {
    const line = commandLine('ozone-platform', name, 'disable-gpu');
    expect(removeRefusedSwitches(line, false)).toContain(`Ignored --${name}: `);
    expect([...line.left]).toEqual(['ozone-platform', 'disable-gpu']);
  },
);

test('without such a switch there is no warning', () => {
  expect(removeRefusedSwitches(commandLine('ozone-platform', 'disable-gpu'), false)).toBeNull();
});

test('a build for tests keeps them, and says that it is one', () => {
  const line = commandLine('remote-debugging-port');
  expect(removeRefusedSwitches(line, true)).toBe(
    'This is a build for tests, not a release: it allows --remote-debugging-port, so other programs can control it.',
  );
  expect([...line.left]).toEqual(['remote-debugging-port']);
});
