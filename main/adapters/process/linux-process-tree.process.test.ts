import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { executionMark } from './execution-mark.ts';
import { listPids, pageSize, readMark, readName, readProc } from './linux-proc.ts';
import { LinuxProcessTree } from './linux-process-tree.ts';

/** Starts a process in place of a worker, whose children have the mark. */
async function root(script: string, mark = `mark-${Math.random()}`): Promise<{ pid: number; mark: string }> {
  const child = spawn('sh', ['-c', `${script}\necho up; wait`], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    new LinuxProcessTree().signal(child.pid ?? 0, mark, 'SIGKILL');
    child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { pid: child.pid ?? 0, mark };
}

const startOf = ({ pid }: { pid: number }) => readProc(pid)?.startTicks;

const notLinux = process.platform === 'linux' ? '' : ' (only Linux has /proc)';
describe.skipIf(notLinux)(`the process tree of Linux${notLinux}`, () => {
  const tree = () => new LinuxProcessTree();

  it('distinguishes a process from a later one with the same pid', () => {
    const own = tree().identify(process.pid);
    expect(own).toMatchObject({ pid: process.pid });
    expect(own && tree().isAlive(own)).toBe(true);
    expect(own && tree().isAlive({ ...own, startedAt: '1@other-boot' })).toBe(false);
    expect(tree().identify(2 ** 22 + 1)).toBeNull();
  });

  it('treats a zombie as dead', async () => {
    // The shell becomes `sleep 600`, which never waits for the child it inherits.
    const { pid, mark } = await root(`sh -c 'sleep 0 & exec sleep 600' &`);
    await expect
      .poll(
        () =>
          listPids()
            .map(readProc)
            .filter((entry) => entry?.zombie).length,
      )
      .toBeGreaterThan(0);
    await expect.poll(() => tree().descendants(pid, mark).length).toBe(1);
  });

  it('finds children by descent, and marked processes anywhere', async () => {
    const mark = `mark-${Math.random()}`;
    const { pid } = await root(`sleep 600 & ${executionMark}=${mark} setsid -f sleep 600`, mark);
    await expect.poll(() => tree().descendants(pid, mark).length).toBe(2);
    expect(tree().descendants(0, mark)).toHaveLength(1);
    expect(tree().descendants(0, mark.slice(0, -1))).toEqual([]);
    expect(tree().descendants(0, `${mark}1`)).toEqual([]);
  });

  it('never counts the children of a process that reused the pid of the root', async () => {
    const one = tree();
    const first = await root('sleep 600 &');
    // Start times count in hundredths of a second.
    let second = await root('sleep 600 &');
    while (startOf(second) === startOf(first)) second = await root('sleep 600 &');
    expect(one.descendants(first.pid, 'x')).toHaveLength(1);
    // For this run, the second process started after its root.
    expect(one.descendants(second.pid, 'x')).toEqual([]);
  });

  it('knows whether this process itself is in a run, though it is never among those that may be ended', () => {
    const mark = `mark-${Math.random()}`;
    expect(tree().contains(process.ppid, mark, process.pid)).toBe(true);
    expect(
      tree()
        .descendants(process.ppid, mark)
        .map(({ pid }) => pid),
    ).not.toContain(process.pid);
    expect(tree().contains(process.pid, mark, process.pid)).toBe(false);
    expect(tree().contains(0, mark, process.pid)).toBe(false);
  });

  it('finds no children without a root', () => {
    expect(tree().descendants(0, 'nobody')).toEqual([]);
  });

  it('remembers the sessions of a run, so that an orphan with a cleared environment is found', async () => {
    const mark = `mark-${Math.random()}`;
    const { pid } = await root(
      `${executionMark}=${mark} setsid sh -c 'env -i /bin/sleep 601 & exec /bin/sleep 0.5' &`,
      mark,
    );
    const one = tree();
    await expect.poll(() => one.descendants(pid, mark).map((found) => readName(found.pid))).toEqual(['sleep', 'sleep']);
    await expect.poll(() => one.descendants(0, mark).length).toBe(1);
    expect(one.signal(0, mark, 'SIGKILL').length).toBeLessThanOrEqual(1);
    await expect.poll(() => one.descendants(0, mark)).toEqual([]);
  });

  it('wakes stopped processes so that they can end on TERM', async () => {
    const { pid, mark } = await root(`sleep 600 & kill -STOP $!`);
    const one = tree();
    expect(one.descendants(pid, mark)).toHaveLength(1);
    one.signal(pid, mark, 'SIGTERM');
    await expect.poll(() => one.descendants(pid, mark)).toEqual([]);
  });

  it('does not signal the root and its group', async () => {
    const { pid, mark } = await root('sleep 600 & sleep 600 &');
    const one = tree();
    const self = one.identify(pid);
    one.signal(pid, mark, 'SIGKILL');
    await expect.poll(() => one.descendants(pid, mark)).toEqual([]);
    // The shell in the test's own group ends when its children have ended; this process, in the same group, still runs.
    expect(self).not.toBeNull();
    expect(one.identify(process.pid)).not.toBeNull();
  });

  it('measures memory and CPU of the processes below the root', async () => {
    const { pid, mark } = await root(`node -e "const b=Buffer.alloc(50e6,1);for(;;);" &`);
    await expect
      .poll(async () => (await tree().usage(pid, mark)).memoryBytes, { timeout: 20_000 })
      .toBeGreaterThan(50e6);
    await expect.poll(async () => (await tree().usage(pid, mark)).cpuMs, { timeout: 20_000 }).toBeGreaterThan(100);
    expect((await tree().usage(pid, mark)).processes).toBe(1);
  });

  it('reads marks, names and the page size', () => {
    expect(readMark(2 ** 22 + 1)).toBeNull();
    expect(readName(process.pid)).not.toBe('?');
    expect(pageSize() % 4096).toBe(0);
  });
});
