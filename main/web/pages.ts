import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SchedulerError } from '../domain/errors.ts';
import { contentTypes } from './page-policy.ts';

/** Types that gzip makes smaller. */
const compressible = /^(?:text|application)\/|^image\/svg/;

/** A file of the built window. */
export interface Page {
  readonly type: string;
  readonly whole: Uint8Array<ArrayBuffer>;
  /** Null for what is compressed already. */
  readonly gzip: Uint8Array<ArrayBuffer> | null;
  /** The build gives it a new name whenever its content changes. */
  readonly lasting: boolean;
}

/** The npm package has its large files in this form only. */
const packed = /\.gz$/;

/**
 * Reads the built window once and returns its files by their paths in an address. Only what was listed is served, so no
 * path in a request is ever a path on disk.
 * @throws SchedulerError `web/no-pages` if the window was not built.
 */
export function readPages(dir: string): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>();
  for (const path of filesIn(dir)) {
    const type = contentTypes[extname(path.replace(packed, ''))];
    if (type === undefined) continue;
    const name = `/${relative(dir, path).split(sep).join('/')}`.replace(packed, '');
    const content = new Uint8Array(readFileSync(path));
    const whole = packed.test(path) ? new Uint8Array(gunzipSync(content)) : content;
    const gzip = packed.test(path) ? content : compressible.test(type) ? new Uint8Array(gzipSync(whole)) : null;
    pages.set(name, { type, whole, gzip, lasting: name.startsWith('/assets/') });
  }
  const index = pages.get('/index.html');
  if (index === undefined) throw noPages(dir);
  return pages.set('/', index);
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    throw noPages(dir, error);
  }
}

function noPages(dir: string, cause?: unknown): SchedulerError {
  const message = `The window cannot be shown in a browser: ${dir} does not hold it. Build it with \`npm run build\`, or install the app again.`;
  return new SchedulerError('web/no-pages', message, { dir }, cause);
}
