import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');
/** What the worker is made of: the folders that it may import, see architecture.test.ts. */
const sources = [
  ...['main/worker', 'main/contract', 'main/domain', 'main/adapters/process', 'main/adapters/files'],
  'package-lock.json',
];

let made: Promise<string> | null = null;

/**
 * Bundles the worker as it ships into plain JavaScript, and returns the path of its entry. Builds it once per state of
 * the sources, in the system's temporary folder, so that test files and test runs share it.
 */
export const builtWorker = (): Promise<string> =>
  (made ??= buildUnlessBuilt().catch((problem: unknown) => {
    // The test files of one process share this: the next one tries again.
    made = null;
    throw problem;
  }));

async function buildUnlessBuilt(): Promise<string> {
  const folder = join(tmpdir(), `ncp-built-worker-${userInfo().uid}-${fingerprint()}`);
  const entry = join(folder, 'worker.js');
  if (existsSync(entry)) return entry;
  const fresh = mkdtempSync(join(tmpdir(), 'ncp-building-worker-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: fresh,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: { worker: join(root, 'main/worker/index.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  writeFileSync(join(fresh, 'package.json'), '{"type":"module"}');
  try {
    renameSync(fresh, folder);
  } catch {
    // Another test process was faster; its build is the same.
    rmSync(fresh, { recursive: true });
  }
  return entry;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const source of sources) add(join(root, source));
  return hash.digest('hex').slice(0, 16);
}
