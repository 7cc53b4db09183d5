import { existsSync, writeSync } from 'node:fs';
import process from 'node:process';
import { ForkHost } from '../../adapters/process/fork-host.ts';
import { secretsOf } from '../../application/open-application.ts';
import { openCore } from '../../application/core.ts';
import { startEngine } from '../../application/engine.ts';
import { ExecutionEvents } from '../../application/execution-events.ts';
import { WorkerPool } from '../../services/runs/worker-pool.ts';

/**
 * One of several processes that fire the same groups, as entries of the OS do:
 * `fire-child.mjs DIR WORKER GO SLOT GROUP…`. It says `ready`, waits until the file GO is there, fires all groups at
 * SLOT at once, and says how many executions it had itself: `ran N`.
 */
async function main(): Promise<void> {
  const [dir = '', worker = '', go = '', slot = '', ...groups] = process.argv.slice(2);
  const complain = (message: string, details = {}): void =>
    void writeSync(2, `${message} ${JSON.stringify(details)}\n`);
  const executable = { execPath: process.execPath, appImage: undefined, script: worker, platform: process.platform };
  const logger = { info: complain, warn: complain, error: complain };
  const core = openCore({ dataDir: dir, executable, logger });
  const variables = () => Promise.resolve({ PATH: process.env['PATH'] ?? '' });
  const secrets = await secretsOf(core, {});
  const pool = new WorkerPool(new ForkHost(worker));
  const engine = startEngine({ core, pool, observer: new ExecutionEvents(), secrets, variables });
  writeSync(1, 'ready\n');
  while (!existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 2));
  const fired = await Promise.all(groups.map((group) => engine.executor.fireTiming(group, { slot })));
  await engine.stop();
  core.close();
  writeSync(1, `ran ${fired.flatMap(({ executions }) => executions).length}\n`);
}

await main();
