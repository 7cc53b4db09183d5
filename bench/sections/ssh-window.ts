import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { _electron } from 'playwright';
import { startSshServer } from '../../main/testing/ssh-server.ts';
import { median } from '../measure/statistics.ts';
import { inspectableExecutable } from '../paths.ts';
import { directoryOf, STARTS, usable } from './window.ts';

const machine = 'server';

export interface SshWindowFacts {
  /** From the start of the app until its window could be used, in ms. */
  readonly desktopMs: number;
  /** From the choice of a machine in the window until the machine's tasks could be used, in ms. */
  readonly machineMs: number;
}

/** Opens the app with as many groups as a machine behind a real SSH server has, and shows that machine in it. */
export async function measureSshWindow(groups: number): Promise<SshWindowFacts> {
  const server = await startSshServer();
  const there = join(server.home, '.ncp/scheduler');
  const remote = directoryOf(groups);
  const here = directoryOf(groups, { machines: { [machine]: { host: machine } }, tourSeen: true });
  try {
    mkdirSync(dirname(there), { recursive: true });
    cpSync(remote.path, there, { recursive: true });
    writeFileSync(join(there, 'config.json'), JSON.stringify({ osScheduler: 'in-process', enableAutoCleanup: false }));
    const looks: SshWindowFacts[] = [];
    for (let start = 0; start < STARTS; start += 1) looks.push(await look(here.path, server.clientBin));
    return {
      desktopMs: median(looks.map(({ desktopMs }) => desktopMs)),
      machineMs: median(looks.map(({ machineMs }) => machineMs)),
    };
  } finally {
    here.remove();
    remote.remove();
    await server.dispose();
  }
}

async function look(dataDir: string, clientBin: string): Promise<SshWindowFacts> {
  const startedAt = performance.now();
  const electron = await _electron.launch({
    executablePath: inspectableExecutable,
    args: ['--data-dir', dataDir],
    chromiumSandbox: true,
    env: { ...process.env, PATH: `${clientBin}:${process.env['PATH'] ?? ''}` },
  });
  const ended = new Promise((resolve) => electron.process().once('exit', resolve));
  try {
    const page = await electron.firstWindow();
    await usable(page);
    const desktopMs = performance.now() - startedAt;
    await page.getByRole('button', { name: /^Machine: / }).click();
    const choice = page.getByRole('menuitem', { name: machine });
    await choice.waitFor();
    const chosenAt = performance.now();
    await choice.click();
    await page.getByText(`Connecting to ${machine}`).waitFor();
    await usable(page);
    return { desktopMs, machineMs: performance.now() - chosenAt };
  } finally {
    await electron.evaluate(({ app }) => app.exit(0)).catch(() => undefined);
    await ended;
  }
}
