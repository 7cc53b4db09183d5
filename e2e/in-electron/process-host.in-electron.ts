import { describe } from 'vitest';
import { UtilityProcessHost } from '../../main/adapters/process/utility-process-host.ts';
import { builtWorker } from '../../main/testing/built-worker.ts';
import { processHostContract } from '../../main/testing/contract-suites/process-host-suite.ts';
import { workerScript } from '../../main/testing/worker-script.ts';

describe('workers as Electron utility processes', () => {
  processHostContract({
    host: async () => new UtilityProcessHost(await builtWorker()),
    hostOf: async (source) => new UtilityProcessHost(workerScript(source)),
  });
});
