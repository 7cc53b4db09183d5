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
    ['quick-add every-hour: true', { mode: 'cli', argv: ['quick-add', 'every-hour:', 'true'], need: 'secrets' }],
    ['quick-add --help', { mode: 'cli', argv: ['quick-add', '--help'], need: 'secrets' }],
    ['-V', { mode: 'cli', argv: ['-V'], need: 'nothing' }],
    ['list --json', { mode: 'cli', argv: ['list', '--json'], need: 'nothing' }],
    ['--version', { mode: 'cli', argv: ['--version'], need: 'nothing' }],
    ['--json --help', { mode: 'cli', argv: ['--json', '--help'], need: 'nothing' }],
    ['trigger backup', { mode: 'cli', argv: ['trigger', 'backup'], need: 'electron' }],
    ['cancel 42', { mode: 'cli', need: 'electron' }],
    ['servers list', { mode: 'cli', need: 'electron' }],
    ['tools', { mode: 'cli', need: 'secrets' }],
    ['agents undo claude', { mode: 'cli', need: 'fleet' }],
    ['toString', { mode: 'cli', need: 'nothing' }],
    ['secrets set TOKEN', { mode: 'cli', need: 'electron' }],
    ['approve 42', { mode: 'cli', need: 'electron' }],
    ['create --name a', { mode: 'cli', need: 'secrets' }],
    ['pause A', { mode: 'cli', need: 'fleet' }],
    ['metrics', { mode: 'cli', need: 'fleet' }],
    ['why A', { mode: 'cli', need: 'fleet' }],
    ['--on web pause A', { mode: 'cli', need: 'nothing' }],
    ['create --name a --test-run', { mode: 'cli', need: 'electron' }],
    ['update a --test-run', { mode: 'cli', need: 'electron' }],
    ['_remote', { mode: 'cli', argv: ['_remote'], need: 'electron' }],
    ['--on web serve', { mode: 'cli', argv: ['--on', 'web', 'serve'], need: 'nothing', dataDir: null }],
    ['quick-add --on=web', { mode: 'cli', argv: ['quick-add', '--on=web'], need: 'nothing' }],
    ['trigger A --data-dir /d --on web', { mode: 'cli', dataDir: null, need: 'nothing' }],
    ['trigger -- --on', { mode: 'cli', need: 'electron' }],
    ['bridge', { mode: 'cli', argv: ['bridge'], need: 'electron' }],
    ['mcp --read-only', { mode: 'mcp', argv: ['mcp', '--read-only'], need: 'electron' }],
    ['serve', { mode: 'serve', argv: ['serve'], need: 'electron' }],
    ['_task-execute 1', { mode: 'task-execute', argv: ['_task-execute', '1'], need: 'electron' }],
    [
      '--ozone-platform=headless --disable-gpu --data-dir /tmp/x _timing-run every-min',
      { mode: 'timing-run', argv: ['--data-dir', '/tmp/x', '_timing-run', 'every-min'], need: 'electron' },
    ],
  ])('%s', (line, expected) => expect(start(line)).toMatchObject(expected));
});

describe('a start in plain Node', () => {
  it.each([
    ['', { mode: 'cli', argv: [], need: 'nothing' }],
    ['list', { mode: 'cli', argv: ['list'], need: 'nothing' }],
    ['--data-dir /tmp/x serve', { mode: 'serve', argv: ['--data-dir', '/tmp/x', 'serve'], need: 'electron' }],
  ])('%s', (line, expected) => expect(start(line, false)).toMatchObject(expected));
});
