import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const sources = ['main', 'package-lock.json'];

/**
 * Bundles a TypeScript program into plain JavaScript, for tests that need real processes. Returns the path to pass to
 * `node`. Builds it once per state of the sources, below `node_modules`, where it finds native modules.
 *
 * @param entry path from the project's root, for example `main/testing/children/storage-child.ts`
 */
export async function builtScript(entry: string): Promise<string> {
  const cache = join(root, 'node_modules', '.cache', 'test-scripts');
  const name = basename(entry, '.ts');
  const folder = join(cache, `${name}-${fingerprint()}`);
  const script = join(folder, `${name}.mjs`);
  if (existsSync(script)) return script;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'building-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: fresh,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: { [name]: join(root, entry) },
        external: ['@photostructure/sqlite', 'pg-native', 'pg-cloudflare'],
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  writeFileSync(join(fresh, 'package.json'), '{"type":"module"}');
  // Some tests run it as another user, and `mkdtemp` creates folders that only their owner can read.
  chmodSync(fresh, 0o755);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another test process was faster; its build is the same.
    rmSync(fresh, { recursive: true });
    if (!existsSync(script)) throw error;
  }
  return script;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (!path.endsWith('.test.ts')) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const source of sources) add(join(root, source));
  return hash.digest('hex').slice(0, 16);
}
