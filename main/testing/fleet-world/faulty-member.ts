import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuiltCommandLine } from '../built-command-line.ts';
import type { CutProxy } from '../cut-proxy.ts';
import { treeOf } from '../proc-facts.ts';

/** Path of what `node --import` loads to change the clock of a program. */
export const clockAhead = resolve(import.meta.dirname, '../children/clock-ahead.mjs');

/** A member of a fleet that a test kills, freezes and cuts off: `serve` in a process of its own. */
export interface FaultyMember {
  readonly name: string;
  readonly cli: BuiltCommandLine;
  readonly proxy: CutProxy;
  /** What a fault has done to it. One at a time. */
  state: 'up' | 'faulty';
  /** How `serve` ended when nobody had killed it. */
  readonly exits: readonly string[];
  /** Starts `serve`. @param aheadMs how far its clock is ahead. @default 0 */
  start(aheadMs?: number): void;
  /** SIGKILL. @param whole also for its runs, as a power cut does */
  kill(whole: boolean): Promise<void>;
  /** Stops it with all its runs, as a laptop that is closed. Returns how to wake it. */
  freeze(): () => void;
  /** Fills its disk. Returns how to free it; null if its disk is that of all others. */
  fill(): (() => void) | null;
  dispose(): Promise<void>;
}

export interface FaultyMemberOptions {
  readonly name: string;
  readonly cli: BuiltCommandLine;
  readonly proxy: CutProxy;
  /** True if its data directory is a disk of its own. */
  readonly ownDisk: boolean;
}

export function faultyMember({ name, cli, proxy, ownDisk }: FaultyMemberOptions): FaultyMember {
  let server: ChildProcess | null = null;
  const signal = (whole: boolean, which: NodeJS.Signals): void => {
    const root = server?.pid;
    if (root === undefined) return;
    for (const pid of whole ? treeOf(root) : [root]) send(pid, which);
  };
  const kill = async (whole: boolean): Promise<void> => {
    const ending = server;
    if (ending === null) return;
    const hasEnded = ending.exitCode !== null || ending.signalCode !== null;
    const ended = new Promise((settle) => ending.once('exit', settle));
    signal(whole, 'SIGKILL');
    if (!hasEnded) await ended;
    server = null;
  };
  const exits: string[] = [];
  const diary = openSync(join(cli.home, 'serve.txt'), 'a');
  return {
    ...{ name, cli, proxy, kill, exits, state: 'up' },
    start: (aheadMs = 0) => {
      const ahead = aheadMs === 0 ? [] : ['--import', clockAhead];
      const started = spawn(process.execPath, [...ahead, cli.program, 'serve'], {
        env: { ...cli.env, NCP_TEST_CLOCK_AHEAD_MS: String(aheadMs) },
        stdio: ['ignore', diary, diary],
      });
      started.once('exit', (code, how) => {
        if (how !== 'SIGKILL') exits.push(`exit code ${code}, signal ${how}`);
      });
      server = started;
    },
    freeze: () => {
      const pids = server?.pid === undefined ? [] : treeOf(server.pid);
      for (const pid of pids) send(pid, 'SIGSTOP');
      return () => {
        for (const pid of pids) send(pid, 'SIGCONT');
      };
    },
    fill: () => {
      if (!ownDisk) return null;
      const path = join(cli.dataDir, 'full');
      fillUp(path);
      return () => rmSync(path, { force: true });
    },
    dispose: async () => {
      await kill(true);
      closeSync(diary);
      if (ownDisk) spawnSync('umount', ['-l', cli.dataDir]);
      cli.dispose();
      await proxy.close();
    },
  };
}

function send(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(pid, which);
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
