import { expect, test } from 'vitest';
import { lineHtml } from './ansi.ts';
import { partsOf } from './links.ts';

const link = (address: string, html = address) => `<a role="link" tabindex="0" data-address="${address}">${html}</a>`;

test.each([
  [
    'the text of a hyperlink stays, and holds its address',
    '\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\ x',
    `${link('https://example.org', 'link')} x`,
  ],
  [
    'a hyperlink of another scheme is text only',
    '\u001b]8;;file:///etc/passwd\u0007link\u001b]8;;\u0007 javascript:alert(1)',
    'link javascript:alert(1)',
  ],
  ['a title is removed', '\u001b]0;title\u0007done', 'done'],
  ['reverse video is black on white', '\u001b[7mx\u001b[27my', '<span class="ansi-black-fg ansi-white-bg">x</span>y'],
  ['a 7 of a colour is a number', '\u001b[38;5;7mx', '<span class="ansi-white-fg">x</span>'],
  ['HTML is escaped', '<b>&', '&lt;b&gt;&amp;'],
  [
    'a colour continues over a link',
    '\u001b[31ma https://e.org/ b',
    `<span class="ansi-red-fg">a </span>${link('https://e.org/', '<span class="ansi-red-fg">https://e.org/</span>')}<span class="ansi-red-fg"> b</span>`,
  ],
])('%s', (_, line, html) => expect(lineHtml(line)).toBe(html));

test('an address cannot leave its attribute', () => {
  const html = lineHtml('\u001b]8;;https://e.org/"onclick="alert(1)\u0007x\u001b]8;;\u0007');
  expect(html).toContain('data-address="https://e.org/&quot;onclick=&quot;alert(1)"');
});

test.each([
  ['see https://example.org/a.', 'https://example.org/a'],
  ['(see https://example.org/a_(b))', 'https://example.org/a_(b)'],
  ['[https://example.org/a], next', 'https://example.org/a'],
  ['http://localhost:5173/', 'http://localhost:5173/'],
  ['GET "https://example.org/?a=1&b=2"', 'https://example.org/?a=1&b=2'],
])('the address in %j is %s', (line, address) =>
  expect(partsOf(line).find((part) => part.address)?.address).toBe(address),
);

test.each(['https://', 'ftp://example.org', 'no link'])('%j has no link', (line) =>
  expect(partsOf(line).some((part) => part.address !== undefined)).toBe(false),
);

test('the parts of a line together are the line', () => {
  const line = 'a https://e.org/x, b https://e.org/y';
  expect(
    partsOf(line)
      .map(({ text }) => text)
      .join(''),
  ).toBe(line);
});
