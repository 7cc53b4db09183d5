/** A part of a line. `address` is set for a link. */
export interface LinePart {
  readonly text: string;
  readonly address?: string;
}

/* oxlint-disable no-control-regex -- they match terminal escape sequences */
/** OSC 8 (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda): address, then the text of the link. */
const hyperlink =
  /\u001b\]8;[^;\u0007\u001b]*;([^\u0007\u001b]*)(?:\u0007|\u001b\\)([^]*?)(?:\u001b\]8;[^;\u0007\u001b]*;(?:\u0007|\u001b\\)|$)/g;
/** Titles and other commands, which are not shown. */
const otherCommand = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
const plainAddress = /https?:\/\/[^\s<>"'`\u0000-\u001f\u007f]+/g;
/* eslint-enable no-control-regex */

/** Punctuation at the end of an address belongs to the sentence around it. */
const trailing = /[.,;:!?…]+$/;

/** Splits a line at its links: OSC 8, and web addresses as they are written. Other schemes could start a program. */
export function partsOf(line: string): LinePart[] {
  const parts: LinePart[] = [];
  let at = 0;
  for (const match of line.matchAll(hyperlink)) {
    const [whole, address = '', label = ''] = match;
    parts.push(...withAddresses(line.slice(at, match.index)));
    if (isWeb(address)) parts.push({ text: withoutCommands(label), address });
    else parts.push(...withAddresses(label));
    at = match.index + whole.length;
  }
  parts.push(...withAddresses(line.slice(at)));
  return parts.filter(({ text }) => text !== '');
}

const isWeb = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address);
const withoutCommands = (text: string): string => text.replace(otherCommand, '');

function withAddresses(raw: string): LinePart[] {
  const text = raw.includes('\u001b]') ? withoutCommands(raw) : raw;
  if (!text.includes('://')) return [{ text }];
  const parts: LinePart[] = [];
  let at = 0;
  for (const match of text.matchAll(plainAddress)) {
    const address = withoutEnd(match[0]);
    if (!isWeb(address)) continue;
    parts.push({ text: text.slice(at, match.index) }, { text: address, address });
    at = match.index + address.length;
  }
  return [...parts, { text: text.slice(at) }];
}

/** Removes punctuation and closing brackets without an opening one: `(see https://example.org/a).` */
function withoutEnd(address: string): string {
  let rest = address.replace(trailing, '');
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ] as const) {
    while (rest.endsWith(close) && rest.split(close).length > rest.split(open).length) {
      rest = rest.slice(0, -1).replace(trailing, '');
    }
  }
  return rest;
}
