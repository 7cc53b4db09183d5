import { existsSync, writeSync } from 'node:fs';
import process from 'node:process';
import { ForkHost } from '../../adapters/process/fork-host.ts';
import { createApplication } from '../../application/create-application.ts';
import { openOutside } from '../../start/outside.ts';

/**
 * One of several processes that fire the same groups, as OS entries do:
 * `fire-child.mjs DIR WORKER GO SLOT GROUP…`. Prints `ready`, waits until the file GO exists, fires all groups
 * at SLOT at once, and prints how many executions it ran itself: `ran N`.
 */
async function main(): Promise<void> {
  const [dir = '', worker = '', go = '', slot = '', ...groups] = process.argv.slice(2);
  const complain = (message: string, details = {}): void =>
    void writeSync(2, `${message} ${JSON.stringify(details)}\n`);
  const executable = { execPath: process.execPath, appImage: undefined, script: worker, platform: process.platform };
  const logger = { info: complain, warn: complain, error: complain };
  const workers = () => Promise.resolve(new ForkHost(worker));
  const outside = openOutside({ dataDir: dir, version: '0', executable, logger, workers });
  const env = { PATH: process.env['PATH'] ?? '' };
  const shell = { env, source: 'login-shell', capturedAt: null, problem: null } as const;
  const answer = () => Promise.resolve(shell);
  const loginShell = () => Promise.resolve({ captured: answer, present: answer, renew: answer, refresh: answer });
  const application = createApplication({ ...outside, loginShell });
  const runs = await application.runs();
  // Load everything that firing needs before the test gives the signal.
  await runs.concurrencyLimit();
  writeSync(1, 'ready\n');
  while (!existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 2));
  const fired = await Promise.all(groups.map((group) => runs.fire(group, slot)));
  await application.close();
  writeSync(1, `ran ${fired.flatMap(({ executions }) => executions).length}\n`);
}

await main();
