import { curlArguments } from './curl-arguments.ts';
import { CurlRequest } from './curl-request.ts';
import type { CurlPolicies, HttpParameters } from './curl-request.ts';
import { UnreadableWords, cmdWords, isForCmd, shellWords } from './shell-words.ts';
import type { ShellWord } from './shell-words.ts';

/** What a cURL command asks for, or why it cannot become a request. */
export type CurlReading =
  | {
      /** Parameters of `http:request`. */
      readonly request: HttpParameters;
      /** Policies of the task: `--max-time` and `--retry`. Empty if the command sets neither. */
      readonly policies: CurlPolicies;
      /** What the request does not keep of the command: one sentence each. */
      readonly lost: readonly string[];
    }
  | { readonly request: null; readonly problem: string };

const program = /^(?:.*[/\\])?curl(?:\.exe)?$/i;

/** Returns whether a text begins like a cURL command. */
export const looksLikeCurl = (text: string): boolean =>
  /^\s*(?:\$\s+)?(?:"[^"]*[/\\])?\S*curl(?:\.exe"?)?\s/i.test(text);

/**
 * Reads a cURL command, as browsers copy it for bash or cmd and as people write it, and returns the request that
 * `http:request` sends for it. Options as in https://curl.se/docs/manpage.html. Redirects are followed, also without
 * `-L`. A command with a pipe or a second command is no request.
 */
export function readCurl(text: string): CurlReading {
  try {
    const trimmed = text.trim().replace(/^\$\s+/, '');
    const words = isForCmd(trimmed) ? cmdWords(trimmed) : shellWords(trimmed);
    return readWords(withoutSilencing(words));
  } catch (error) {
    if (error instanceof UnreadableWords) return { request: null, problem: error.message };
    throw error;
  }
}

function readWords(all: readonly ShellWord[]): CurlReading {
  const [first, ...rest] = all;
  if (first === undefined || !program.test(first.text)) {
    return { request: null, problem: 'This is no cURL command: it must begin with curl.' };
  }
  const operator = rest.find(({ isOperator }) => isOperator);
  if (operator !== undefined) {
    const shown = operator.text === '\n' ? 'a second line' : operator.text;
    return {
      request: null,
      problem: `A request is one cURL command, and this text has ${shown} in it. Run it with shell:run.`,
    };
  }
  const request = new CurlRequest();
  for (const { text, isExpanded } of rest) if (isExpanded) request.notExpanded(text);
  // A continued line whose line break became a space leaves a word of spaces, or one that begins with a space.
  const texts = rest
    .map(({ text }) => text.replace(/^\s+(?=-|https?:|$)/, ''))
    .filter((text, at) => text !== '' || rest[at]?.text === '');
  for (const argument of curlArguments(texts)) request.take(argument);
  return request.finish();
}

/** Leaves out `> /dev/null`, `2>&1` and a last `;` or `&`, which do not change the request. */
function withoutSilencing(words: readonly ShellWord[]): ShellWord[] {
  const kept: ShellWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const isRedirection = word.isOperator && /^(?:\d?>>?(?:&\d)?|&>)$/.test(word.text);
    if (isRedirection && word.text.includes('&') && word.text !== '&>') continue;
    if (isRedirection && /^(?:\/dev\/null|nul)$/i.test(words[at + 1]?.text ?? '')) at += 1;
    else kept.push(word);
  }
  while (kept.at(-1)?.isOperator && /^[;&\n]$/.test(kept.at(-1)?.text ?? '')) kept.pop();
  return kept;
}
