import { describe, expect, it } from 'vitest';
import { machineEvents, type MachineEventsOptions } from './machine-events.ts';

const stat = (ticks: number) => `7 (a b) c) S 1 ${'0 '.repeat(17)}${ticks} 0`;
const linuxFiles = new Map([
  ['/proc/sys/kernel/random/boot_id', 'b00t\n'],
  ['/proc/stat', 'cpu 1 2\nbtime 1795600000\nprocesses 9\n'],
  ['/proc/1/stat', stat(5)],
  ['/proc/77/stat', stat(4000)],
]);
const on = (change: Partial<MachineEventsOptions>) =>
  machineEvents({
    ...{ platform: 'linux', env: {}, username: 'kim', pid: 42, now: () => Date.parse('2026-11-29T08:00:00Z') },
    uptime: () => 5000.5,
    awakeMs: () => 4_000_000,
    run: () => Promise.resolve(null),
    read: (path) => linuxFiles.get(path) ?? null,
    ...change,
  });
const answers = (texts: Readonly<Record<string, string>>) => (file: string, args: readonly string[]) =>
  Promise.resolve(texts[[file, ...args].join(' ')] ?? texts[file] ?? null);

describe('on Linux', () => {
  it('the start is that of the first process, so that a container has its own', async () => {
    expect(await on({}).latest('startup')).toEqual({ id: 'b00t:1:5', sinceMs: 1_795_600_000_050 });
  });

  it('the login is the start of the person’s manager, where systemd started this process', async () => {
    const login = await on({ env: { MANAGERPID: '77', XDG_SESSION_ID: '3' } }).latest('login');
    expect(login).toEqual({ id: 'b00t:77:4000', sinceMs: 1_795_600_040_000 });
  });

  it('else the session that logind knows', async () => {
    const run = answers({ 'loginctl show-session 3 --property=Timestamp --value': 'Sun 2026-11-29 07:13:14 UTC\n' });
    const login = await on({ env: { XDG_SESSION_ID: '3' }, run }).latest('login');
    expect(login).toEqual({ id: 'b00t:session 3', sinceMs: Date.parse('2026-11-29T07:13:14Z') });
  });

  it('nothing is claimed where nothing is known', async () => {
    expect(await on({}).latest('login')).toBeNull();
    expect(await on({ env: { XDG_SESSION_ID: '3' } }).latest('login')).toBeNull();
    expect(await on({ read: () => null }).latest('startup')).toBeNull();
  });

  it('the time it slept is the difference of its clocks', () => {
    expect(on({}).sleptMs()).toBe(1_000_500);
    expect(on({ platform: 'darwin' }).sleptMs()).toBeNull();
  });
});

describe('on macOS', () => {
  const run = answers({
    'sysctl -n kern.bootsessionuuid': 'UUID-1\n',
    'sysctl -n kern.boottime': '{ sec = 1795600000, usec = 12 } Wed Nov 25 09:46:40 2026\n',
    who: 'ada      ttys000  Nov 29 07:00 \nkim      console  Nov 28 23:50 \n',
  });

  it('the start is that of the boot session, the login that on the screen', async () => {
    const mac = on({ platform: 'darwin', run });
    expect(await mac.latest('startup')).toEqual({ id: 'UUID-1', sinceMs: 1_795_600_000_000 });
    expect(await mac.latest('login')).toEqual({
      id: 'UUID-1:Nov 28 23:50',
      sinceMs: new Date(2026, 10, 28, 23, 50).getTime(),
    });
  });

  it('a login of last December is of last year', async () => {
    const late = answers({ 'sysctl -n kern.bootsessionuuid': 'UUID-1', who: 'kim console Dec 31 23:50' });
    const login = await on({ platform: 'darwin', run: late }).latest('login');
    expect(login?.sinceMs).toBe(new Date(2025, 11, 31, 23, 50).getTime());
  });
});

describe('on Windows', () => {
  const run = answers({
    reg: '\r\nHKEY_LOCAL_MACHINE\\SYSTEM\r\n    BootId    REG_DWORD    0x1f\r\n\r\n',
    'tasklist /FI PID eq 42 /FO CSV /NH': '"node.exe","42","Console","2","40.000 K"\r\n',
  });

  it('starts are counted, and each login has a session with a number', async () => {
    const windows = on({ platform: 'win32', run });
    expect(await windows.latest('startup')).toEqual({
      id: 'boot 0x1f',
      sinceMs: Date.parse('2026-11-29T08:00:00Z') - 5_000_500,
    });
    expect(await windows.latest('login')).toMatchObject({ id: 'boot 0x1f:session 2' });
  });
});

it('another system knows nothing', async () => {
  expect(await on({ platform: 'freebsd' }).latest('startup')).toBeNull();
});
