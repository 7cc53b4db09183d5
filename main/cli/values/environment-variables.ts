import { invalid, list } from '../option.ts';
import type { Option } from '../option.ts';

/** Defines an option of the form `--env KEY=VALUE`, which may be repeated. */
export function environmentVariables(describe: string): Option<Record<string, string> | undefined> {
  const texts = list(describe, 'KEY=VALUE');
  return {
    ...texts,
    read: (raw, name) => {
      if (raw.length === 0) return undefined;
      return Object.fromEntries(raw.map((pair) => readPair(pair, name)));
    },
  };
}

function readPair(pair: string, name: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1 || pair.includes('\0')) throw invalid(name, pair, 'KEY=VALUE');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
