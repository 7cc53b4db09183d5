import { describe, expect, it } from 'vitest';
import { resolveStartMode } from './start-mode.ts';

const start = (line: string, electron = true) =>
  resolveStartMode({ argv: line === '' ? [] : line.split(' '), electron });
const window = { mode: 'window', dataDir: null, demo: false, link: null, announceSince: null };
const instant = '2026-11-23T12:00:00.000Z';

describe('a start of the packaged app', () => {
  it.each([
    ['', window],
    ['--inspect=0 --remote-debugging-port=0', window],
    ['--hidden', { ...window, mode: 'hidden' }],
    ['--hidden --data-dir /tmp/x', { ...window, mode: 'hidden', dataDir: '/tmp/x' }],
    ['--data-dir=/tmp/x', { ...window, dataDir: '/tmp/x' }],
    [
      `--hidden --data-dir /tmp/x --announce-since ${instant}`,
      { ...window, mode: 'hidden', dataDir: '/tmp/x', announceSince: instant },
    ],
    ['--demo', { ...window, demo: true }],
    ['ncp-scheduler://execution/42', { ...window, link: 'ncp-scheduler://execution/42' }],
    ['quick-add --data-dir /tmp/x', { mode: 'quick-add', dataDir: '/tmp/x' }],
    ['--data-dir /tmp/x quick-add', { mode: 'quick-add', dataDir: '/tmp/x' }],
    ['quick-add every-hour: true', { mode: 'cli', argv: ['quick-add', 'every-hour:', 'true'], needsWorkers: false }],
    ['quick-add --help', { mode: 'cli', argv: ['quick-add', '--help'], needsWorkers: false }],
    ['-V', { mode: 'cli', argv: ['-V'], needsWorkers: false }],
    ['list --json', { mode: 'cli', argv: ['list', '--json'], needsWorkers: false, needsFleet: false }],
    ['--version', { mode: 'cli', argv: ['--version'], needsWorkers: false }],
    ['--json --help', { mode: 'cli', argv: ['--json', '--help'], needsWorkers: false }],
    ['trigger backup', { mode: 'cli', argv: ['trigger', 'backup'], needsWorkers: true }],
    ['cancel 42', { mode: 'cli', needsWorkers: true }],
    ['secrets set TOKEN', { mode: 'cli', needsWorkers: true }],
    ['approve 42', { mode: 'cli', needsWorkers: true }],
    ['create --name a', { mode: 'cli', needsWorkers: false, needsFleet: true }],
    ['pause A', { mode: 'cli', needsWorkers: false, needsFleet: true }],
    ['metrics', { mode: 'cli', needsWorkers: false, needsFleet: true }],
    ['why A', { mode: 'cli', needsWorkers: false, needsFleet: true }],
    ['--on web pause A', { mode: 'cli', needsWorkers: false, needsFleet: false }],
    ['create --name a --test-run', { mode: 'cli', needsWorkers: true }],
    ['update a --test-run', { mode: 'cli', needsWorkers: true }],
    ['_remote', { mode: 'cli', argv: ['_remote'], needsWorkers: true }],
    ['--on web serve', { mode: 'cli', argv: ['--on', 'web', 'serve'], needsWorkers: false, dataDir: null }],
    ['quick-add --on=web', { mode: 'cli', argv: ['quick-add', '--on=web'], needsWorkers: false }],
    ['trigger A --data-dir /d --on web', { mode: 'cli', dataDir: null, needsWorkers: false }],
    ['trigger -- --on', { mode: 'cli', needsWorkers: true }],
    ['bridge', { mode: 'cli', argv: ['bridge'], needsWorkers: true }],
    ['mcp --read-only', { mode: 'mcp', argv: ['mcp', '--read-only'], needsWorkers: true }],
    ['serve', { mode: 'serve', argv: ['serve'], needsWorkers: true }],
    ['_task-execute 1', { mode: 'task-execute', argv: ['_task-execute', '1'], needsWorkers: true }],
    [
      '--ozone-platform=headless --disable-gpu --data-dir /tmp/x _timing-run every-min',
      { mode: 'timing-run', argv: ['--data-dir', '/tmp/x', '_timing-run', 'every-min'], needsWorkers: true },
    ],
  ])('%s', (line, expected) => expect(start(line)).toMatchObject(expected));
});

describe('a start in plain Node', () => {
  it.each([
    ['', { mode: 'cli', argv: [], needsWorkers: false }],
    ['list', { mode: 'cli', argv: ['list'], needsWorkers: false }],
    ['--data-dir /tmp/x serve', { mode: 'serve', argv: ['--data-dir', '/tmp/x', 'serve'], needsWorkers: true }],
  ])('%s', (line, expected) => expect(start(line, false)).toMatchObject(expected));
});
