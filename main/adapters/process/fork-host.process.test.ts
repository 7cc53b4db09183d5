import { describe } from 'vitest';
import { builtWorker } from '../../testing/built-worker.ts';
import { processHostContract } from '../../testing/contract-suites/process-host-suite.ts';
import { workerScript } from '../../testing/worker-script.ts';
import { ForkHost } from './fork-host.ts';

describe('workers as forked Node processes', () => {
  processHostContract({
    host: async () => new ForkHost(await builtWorker()),
    hostOf: async (source) => new ForkHost(workerScript(source)),
  });
});
