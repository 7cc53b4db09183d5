import { describe } from 'vitest';
import { UtilityProcessHost } from '../../main/adapters/process/utility-process-host.ts';
import { builtWorker } from '../../main/testing/built-worker.ts';
import { processHostContract } from '../../main/testing/contract-suites/process-host-suite.ts';
import { workerScript } from '../../main/testing/worker-script.ts';

// One host for all tests, as in the app, because each host listens for crashes of child processes.
let shared: UtilityProcessHost | undefined;
const host = async () => (shared ??= new UtilityProcessHost(await builtWorker()));

describe('workers as Electron utility processes', () => {
  processHostContract({
    host,
    hostOf: async (source) => new UtilityProcessHost(workerScript(source)),
  });
});
