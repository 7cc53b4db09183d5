import { join } from 'node:path';
import { useCodeCache } from './adapters/process/code-cache.ts';

// The worker of the headless mode: the same as Electron's, loaded with its compiled code. Its heap is limited, and V8
// takes no code that was made under another limit: so it has a folder of its own.
useCodeCache({ program: import.meta.dirname, compiled: join(import.meta.dirname, 'code', 'worker') });
void import('./worker/index.ts');
