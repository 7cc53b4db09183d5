import { describe, expect, it } from 'vitest';
import { membersOf as darwinMembers, parsePs } from './darwin-process-tree.ts';
import { membersOf as windowsMembers, parseCim } from './windows-process-tree.ts';

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

  it('are found by the mark and its groups alone after the worker has ended', () => {
    expect(members(0).sort()).toEqual([1002, 1003, 1004, 1005]);
  });

  it('never include the app’s own group', () => {
    const groups = new Set<number>();
    members(1001, groups);
    expect([...groups].sort()).toEqual([1002, 1005]);
  });
});

describe('processes of a run on Windows', () => {
  const cim = (lines: [pid: number, parent: number, start: number][]) =>
    parseCim(lines.map(([pid, parent, start]) => `${pid} ${parent} ${start} 1048576 25000000`).join('\r\n'));

  it('are read with memory in bytes and CPU time in ms', () => {
    expect(cim([[8, 4, 133]])).toEqual([{ pid: 8, parent: 4, startedAt: '133', memoryBytes: 1_048_576, cpuMs: 2500 }]);
    expect(parseCim('noise\r\n\r\n')).toEqual([]);
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
