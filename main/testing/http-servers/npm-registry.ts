import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A registry of npm packages, so that `npm install` runs as it is written in the documents, without a network. */
export interface NpmRegistry {
  readonly url: string;
  /** Adds a version of a package, which becomes its latest. @param archive path of a `.tgz` from `npm pack` */
  publish(archive: string): void;
  close(): Promise<void>;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}

export async function startNpmRegistry(): Promise<NpmRegistry> {
  const archives = new Map<string, { readonly manifest: Manifest; readonly bytes: Buffer }>();
  let url = '';
  const packument = (name: string): string | null => {
    const published = [...archives].filter(([, { manifest }]) => manifest.name === name);
    const latest = published.at(-1)?.[1].manifest.version;
    if (latest === undefined) return null;
    const versions = published.map(([path, { manifest, bytes }]) => {
      const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
      return [manifest.version, { ...manifest, dist: { tarball: `${url}${path}`, integrity } }] as const;
    });
    return JSON.stringify({ name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) });
  };
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(request.url ?? '');
    const body = archives.get(path)?.bytes ?? packument(path.slice(1));
    answer.writeHead(body === null ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    publish: (archive) => {
      const manifest = manifestIn(archive);
      archives.set(`/-/${manifest.name}-${manifest.version}.tgz`, { manifest, bytes: readFileSync(archive) });
    },
  };
}

const manifestIn = (archive: string): Manifest =>
  JSON.parse(execFileSync('tar', ['-xzOf', archive, 'package/package.json'], { encoding: 'utf8' })) as Manifest;

/** Packs files of an installed package, as its publisher did. Returns the path of the archive. */
export function packInstalled(folder: string, files: readonly string[], destination: string): string {
  const archive = join(destination, `${createHash('sha256').update(folder).digest('hex').slice(0, 8)}.tgz`);
  execFileSync('tar', ['-czf', archive, '-C', folder, '--transform', 's,^,package/,', ...files]);
  return archive;
}
