import { expect, test } from 'vitest';
import { coloured } from './ansi.ts';

test.each([
  [
    'the text of a hyperlink stays, without the link',
    '\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\ x',
    'link x',
  ],
  ['a title is removed', '\u001b]0;title\u0007done', 'done'],
  ['reverse video is black on white', '\u001b[7mx\u001b[27my', '<span class="ansi-black-fg ansi-white-bg">x</span>y'],
  ['a 7 of a colour is a number', '\u001b[38;5;7mx', '<span class="ansi-white-fg">x</span>'],
  ['HTML is escaped', '<b>&', '&lt;b&gt;&amp;'],
])('%s', (_, line, html) => expect(coloured(line)).toBe(html));
