import { writeSync } from 'node:fs';
import process from 'node:process';
import { ForkHost } from '../../adapters/process/fork-host.ts';
import { createApplication } from '../../application/create-application.ts';
import { openOutside } from '../../start/outside.ts';

/** Approves a proposal, so that a test can kill it meanwhile: `approve-child.mjs DIR ID`. Prints `ready` just before. */
async function main(): Promise<void> {
  const [dir = '', id = ''] = process.argv.slice(2);
  const quiet = (): void => undefined;
  const executable = { execPath: process.execPath, appImage: undefined, script: '', platform: process.platform };
  const logger = { info: quiet, warn: quiet, error: quiet };
  const workers = () => Promise.resolve(new ForkHost(''));
  const application = createApplication(openOutside({ dataDir: dir, version: '0', executable, logger, workers }));
  const { proposals } = await application.agents();
  writeSync(1, 'ready\n');
  await proposals.approve(id, 'cli');
  await application.close();
}

await main();
