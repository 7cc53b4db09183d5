import { longOptions, shortOptions, withoutValue } from './curl-options.ts';
import type { CurlOption } from './curl-options.ts';

/** An option or an address, in the order in which they were written. */
export interface CurlArgument {
  /** Null: curl may know this option, we do not. */
  readonly option: CurlOption | null;
  /** As the person wrote it: `-X`, `--data-raw`. */
  readonly written: string;
  /** Empty for an option without a value. */
  readonly value: string;
}

/** Returns the options and addresses of the words after `curl`. Short options may be joined: `-sSfX POST`, `-XPOST`. */
export function curlArguments(words: readonly string[]): CurlArgument[] {
  const left = [...words];
  const found: CurlArgument[] = [];
  let onlyAddresses = false;
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (onlyAddresses || !/^-./.test(word)) found.push({ option: 'url', written: word, value: word });
    else if (word === '--') onlyAddresses = true;
    else if (word.startsWith('--')) found.push(longArgument(word, left));
    else found.push(...shortArguments(word, left));
  }
  return found;
}

function longArgument(word: string, left: string[]): CurlArgument {
  const name = word.slice(2);
  const positive = name.replace(/^no-(?=(?:fail|compressed|location|insecure|silent|show-error|include|verbose)$)/, '');
  if (positive !== name) return { option: 'ignored', written: word, value: '' };
  const option = Object.hasOwn(longOptions, name) ? longOptions[name] : undefined;
  if (option === undefined) return { option: null, written: word, value: '' };
  return { option, written: word, value: withoutValue.has(option) ? '' : (left.shift() ?? '') };
}

function shortArguments(word: string, left: string[]): CurlArgument[] {
  const found: CurlArgument[] = [];
  const letters = word.slice(1);
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    const option = longOptions[shortOptions[letter] ?? ''] ?? null;
    const written = `-${letter}`;
    if (option === null || withoutValue.has(option)) {
      found.push({ option, written, value: '' });
      continue;
    }
    const joined = letters.slice(at + 1);
    found.push({ option, written, value: joined === '' ? (left.shift() ?? '') : joined });
    break;
  }
  return found;
}
