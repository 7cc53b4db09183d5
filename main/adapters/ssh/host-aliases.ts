import { homedir } from 'node:os';
import { join } from 'node:path';
import { readText } from '../files/read-file.ts';

/** Most names that are offered. */
const most = 500;

/** Returns the names after `Host` in the text of an ssh_config, in order. Patterns name no host. */
export function aliasesIn(config: string): string[] {
  const names = config.split('\n').flatMap((line) => {
    const [, words = ''] = /^\s*Host(?:\s*=\s*|\s+)(.*)$/i.exec(line) ?? [];
    return [...words.replace(/(^|\s)#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    );
  });
  return [...new Set(names)].filter((name) => /^[^-*?!\s][^*?!\s]*$/.test(name)).slice(0, most);
}

/** Returns the names in ~/.ssh/config; none if it cannot be read. Its `Include` is not followed: these are suggestions. */
export function hostAliases(home = homedir()): string[] {
  try {
    return aliasesIn(readText(join(home, '.ssh', 'config')));
  } catch {
    // Most people have no such file, and ssh itself reports one that it cannot read.
    return [];
  }
}
