import { describe, expect, it } from 'vitest';
import { DarwinProcessTree, membersOf as darwinMembers, parsePs } from './darwin-process-tree.ts';
import { WindowsProcessTable } from './windows-process-table.ts';
import { membersOf as windowsMembers, WindowsProcessTree } from './windows-process-tree.ts';

/** As macOS 14 prints `ps -E -ww -axo pid=,ppid=,pgid=,stat=,lstart=,rss=,time=,command=`. */
const ps = `
    1     0     1 Ss   Mon Nov 23 08:00:01 2026     12345   1:02.50 /sbin/launchd
  900     1   900 S    Mon Nov 23 09:00:00 2026     80000   0:10.00 /Applications/NCP Scheduler.app/Contents/MacOS/NCP Scheduler
 1001   900   900 S    Mon Nov 23 12:00:00 2026     45000   0:00.10 NCP Scheduler Helper HOME=/Users/a
 1002  1001  1002 S    Mon Nov 23 12:00:01 2026      2048   0:00.01 sh -c x PATH=/bin NCP_EXECUTION_ID=e1 HOME=/Users/a
 1003  1002  1002 S    Mon Nov 23 12:00:01 2026      4096   0:01.25 sleep 6 PATH=/bin NCP_EXECUTION_ID=e1
 1004     1  1002 S    Mon Nov 23 12:00:02 2026      1024   0:00.00 orphan in the group
 1005     1  1005 S    Mon Nov 23 12:00:02 2026      1024 1-02:03:04.00 daemon NCP_EXECUTION_ID=e1
 1006     1  1006 S    Mon Nov 23 12:00:02 2026      1024   0:00.00 of another run NCP_EXECUTION_ID=e11
 1007  1002  1002 Z    Mon Nov 23 12:00:02 2026         0   0:00.00 <defunct>
`;

describe('processes of a run on macOS', () => {
  const entries = parsePs(ps);
  const members = (root: number, groups = new Set<number>()) =>
    darwinMembers(entries, root, 'e1', groups, new Set([900])).map(({ pid }) => pid);

  it('are read with memory in bytes and CPU time in ms', () => {
    expect(entries).toHaveLength(9);
    expect(entries.find(({ pid }) => pid === 1003)).toMatchObject({
      parent: 1002,
      group: 1002,
      memoryBytes: 4096 * 1024,
      cpuMs: 1250,
      startedAt: 'Mon Nov 23 12:00:01 2026',
    });
    expect(entries.find(({ pid }) => pid === 1005)?.cpuMs).toBe((86_400 + 2 * 3600 + 3 * 60 + 4) * 1000);
  });

  it('are children, members of their groups and marked processes, but not the worker, dead or foreign processes', () => {
    expect(members(1001)).toEqual([1002, 1003, 1004, 1005]);
  });

  it('leave out this process, unless it is asked for', () => {
    const own = entries.filter(({ pid }) => pid === 1002).map((entry) => ({ ...entry, pid: process.pid }));
    const asked = (pid: number) =>
      darwinMembers([...entries.slice(0, 3), ...own], 1001, 'e1', new Set(), new Set([900]), pid).map(
        (each) => each.pid,
      );
    expect([asked(0), asked(process.pid)]).toEqual([[], [process.pid]]);
  });

  it('are found by the mark and its groups alone after the worker has ended', () => {
    expect(members(0).sort()).toEqual([1002, 1003, 1004, 1005]);
  });

  it('do not include the `ps` that lists them, which is a child of the worker', async () => {
    const line = (pid: number) =>
      `${pid} ${process.pid} ${pid} S Mon Nov 23 12:00:01 2026 2048 0:00.01 ps -E -ww -axo pid= HOME=/Users/a\n`;
    const output = [1101, 1102, 1103].map(line).join('');
    let answer = (): void => undefined;
    const tree = new DarwinProcessTree({
      now: () => ({ pid: 1101, output }),
      later: async (started) => {
        started(1102);
        await new Promise<void>((resolve) => (answer = resolve));
        return { pid: 1102, output };
      },
    });
    const later = tree.usage(process.pid, 'e1');
    expect(tree.descendants(process.pid, 'e1').map(({ pid }) => pid)).toEqual([1103]);
    answer();
    expect(await later).toMatchObject({ processes: 2 });
    expect(tree.descendants(process.pid, 'e1').map(({ pid }) => pid)).toEqual([1102, 1103]);
  });

  it('never include the app’s own group', () => {
    const groups = new Set<number>();
    members(1001, groups);
    expect([...groups].sort()).toEqual([1002, 1005]);
  });
});

type Rows = readonly (readonly [pid: number, parent: number, start: number])[];

/** This process, which every real answer lists. */
const self = [process.pid, 1, 99] as const;
const cimOf = (rows: Rows, own: Rows[number] = self): string =>
  [...rows, own].map(([pid, parent, start]) => `${pid} ${parent} ${start} 1048576 25000000`).join('\r\n');

/** The program that lists the processes. */
const listerPid = 7000;

/** A Windows on which only these programs answer, each with its text, as PowerShell or as `wmic` encodes it. */
function windows(answers: Readonly<Record<string, (args: readonly string[]) => Buffer>>) {
  const asked: string[] = [];
  const now = (file: string, args: readonly string[]) => {
    asked.push(file);
    return { pid: listerPid, output: answers[file]?.(args) ?? Buffer.alloc(0) };
  };
  return { asked, table: new WindowsProcessTable({ now, later: async (file, args) => now(file, args) }) };
}

/** As `wmic process get` writes it: columns by name, padded, each line with one carriage return more than needed. */
const wmicText = (rows: readonly Readonly<Record<string, string | number>>[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) =>
    `${names.map((name, index) => String(cells[index]).padEnd(Math.max(name.length, 25) + 2)).join('')}\r\r\n`;
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map(line).join('');
};
const wmicRow = (pid: number, parent: number, created: string) => ({
  ...{ CreationDate: created, KernelModeTime: '10000000', ParentProcessId: parent, ProcessId: pid },
  ...{ UserModeTime: '15000000', WorkingSetSize: '1048576' },
});
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('the process table of Windows', () => {
  const child = { pid: 8, parent: 4, startedAt: '133', memoryBytes: 1_048_576, cpuMs: 2500 };

  it('is read from PowerShell, with memory in bytes and CPU time in ms', async () => {
    const { table, asked } = windows({ 'powershell.exe': () => Buffer.from(`noise\r\n\r\n${cimOf([[8, 4, 133]])}`) });
    expect(table.look()).toContainEqual(child);
    expect(await table.lookLater()).toContainEqual(child);
    expect(asked).toEqual(['powershell.exe', 'powershell.exe']);
  });

  it.each([
    ['UTF-16', utf16],
    ['the console’s code page', (text: string) => Buffer.from(text, 'latin1')],
  ])('is read from wmic in %s where PowerShell is blocked, which is then not started again', (_, encode) => {
    const text = wmicText([
      wmicRow(0, 0, ''),
      wmicRow(8, 4, '20261123130000.123456+060'),
      wmicRow(process.pid, 1, '20261123045959.000001-420'),
    ]);
    const { table, asked } = windows({ 'wmic.exe': () => encode(text) });
    // (Get-Date '2026-11-23T12:00:00.123456Z').ToFileTimeUtc()
    expect(table.look()).toContainEqual({ ...child, startedAt: '134399088001234560' });
    expect(table.look()).toContainEqual({ ...child, pid: 0, parent: 0, startedAt: '0' });
    expect(asked).toEqual(['powershell.exe', 'wmic.exe', 'wmic.exe']);
  });

  it('is read without starts from the wmic of Wine, where the pid alone then tells a process apart', () => {
    const fromWine = `ParentProcessIDProcessIDWorkingSetSize\r\n4    8   0    \r\n1    ${process.pid}   0    \r\n`;
    const { table } = windows({
      'wmic.exe': ([, , columns]) => utf16(columns?.startsWith('CreationDate') ? '' : fromWine),
    });
    const tree = new WindowsProcessTree(table);
    expect(tree.identify(8)).toEqual({ pid: 8, startedAt: '0' });
    expect(tree.isAlive({ pid: 8, startedAt: '0' })).toBe(true);
    expect(tree.isAlive({ pid: 8, startedAt: '133' })).toBe(true);
    expect(tree.isAlive({ pid: 9, startedAt: '0' })).toBe(false);
  });

  it('is an error if no program lists this process, so that no live run counts as ended', async () => {
    const { table } = windows({ 'powershell.exe': () => Buffer.from('8 4 133 1 1\r\n') });
    expect(() => table.look()).toThrow('neither PowerShell (Get-CimInstance Win32_Process) nor wmic');
    await expect(table.lookLater()).rejects.toThrow('could not be read');
  });

  it('leaves out the programs that list it, with what they started: they are children of the worker that asks', async () => {
    const [other, root] = [7001, process.pid];
    const text = cimOf([
      [listerPid, root, 200],
      [8, listerPid, 201],
      [other, root, 200],
      [9, other, 201],
      [10, root, 200],
    ]);
    const listing = { pid: listerPid, output: Buffer.from(text) };
    let answer = (): void => undefined;
    const table = new WindowsProcessTable({
      now: () => listing,
      later: async (_file, _args, started) => {
        started(other);
        await new Promise<void>((resolve) => (answer = resolve));
        return { ...listing, pid: other };
      },
    });
    const later = table.lookLater();
    const pids = (rows: readonly { readonly pid: number }[]) => rows.map(({ pid }) => pid);
    expect(pids(table.look())).toEqual([10, process.pid]);
    answer();
    expect(pids(await later)).toEqual([listerPid, 8, 10, process.pid]);
    expect(pids(table.look())).toEqual([other, 9, 10, process.pid]);
  });

  it('keeps a process whose parent had the pid of the listing program before, and this process', () => {
    const rows: Rows = [
      [listerPid, 1, 200],
      [8, listerPid, 199],
      [9, 8, 201],
      [10, listerPid, 200],
    ];
    const { table } = windows({ 'powershell.exe': () => Buffer.from(cimOf(rows, [process.pid, listerPid, 300])) });
    expect(table.look().map(({ pid }) => pid)).toEqual([8, 9, process.pid]);
  });

  it('which cannot be read for a moment does not end a run: what was seen last counts as running', () => {
    let text = cimOf([[8, 5, 133]]);
    const { table } = windows({ 'powershell.exe': () => Buffer.from(text) });
    const tree = new WindowsProcessTree(table);
    expect(tree.descendants(5, 'e1')).toEqual([{ pid: 8, startedAt: '133' }]);
    text = '';
    expect(tree.descendants(5, 'e1')).toEqual([{ pid: 8, startedAt: '133' }]);
    expect(tree.descendants(5, 'e2')).toEqual([]);
    expect(() => tree.isAlive({ pid: 8, startedAt: '133' })).toThrow('could not be read');
    tree.ended('e1');
    expect(tree.descendants(5, 'e1')).toEqual([]);
  });

  it('tells a process from a later one with the same pid', () => {
    const { table } = windows({ 'powershell.exe': () => Buffer.from(cimOf([[8, 4, 133]])) });
    const tree = new WindowsProcessTree(table);
    expect(tree.isAlive({ pid: 8, startedAt: '133' })).toBe(true);
    expect(tree.isAlive({ pid: 8, startedAt: '132' })).toBe(false);
  });
});

describe('processes of a run on Windows', () => {
  const cim = (rows: Rows) => windows({ 'powershell.exe': () => Buffer.from(cimOf(rows)) }).table.look();

  it('leave out this process, unless it is asked for', () => {
    const entries = cim([
      [900, 4, 100],
      [process.pid, 900, 200],
    ]);
    const asked = (pid: number) => windowsMembers(entries, 900, new Map(), pid).map((each) => each.pid);
    expect([asked(0), asked(process.pid)]).toEqual([[], [process.pid]]);
  });

  it('are all below the worker', () => {
    const entries = cim([
      [10, 1, 100],
      [11, 10, 101],
      [12, 11, 102],
      [13, 1, 103],
    ]);
    expect(windowsMembers(entries, 10, new Map()).map(({ pid }) => pid)).toEqual([11, 12]);
  });

  it('are still found after a process in the chain ended', () => {
    const seen = new Map<number, string>();
    windowsMembers(
      cim([
        [10, 1, 100],
        [11, 10, 101],
        [12, 11, 102],
      ]),
      10,
      seen,
    );
    expect(
      windowsMembers(
        cim([
          [10, 1, 100],
          [12, 11, 102],
          [14, 11, 103],
        ]),
        10,
        seen,
      ).map(({ pid }) => pid),
    ).toEqual([12, 14]);
  });

  it('do not include an older process whose parent had the same pid', () => {
    const entries = cim([
      [10, 1, 100],
      [12, 10, 50],
    ]);
    expect(windowsMembers(entries, 10, new Map())).toEqual([]);
  });
});
