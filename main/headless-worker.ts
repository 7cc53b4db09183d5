import { join } from 'node:path';
import { useCodeCache } from './adapters/process/code-cache.ts';

// The worker of the headless mode: the same as Electron's, loaded with its compiled code. V8 rejects code made under
// another heap limit, and this worker's heap is limited, so its code has a folder of its own.
useCodeCache({ program: import.meta.dirname, compiled: join(import.meta.dirname, 'code', 'worker') });
void import('./worker/index.ts');
