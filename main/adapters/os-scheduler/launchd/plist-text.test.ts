import { build } from 'plist';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parsePlist } from './plist-text.ts';

const written = vi.fn();
beforeEach(() => {
  for (const level of ['error', 'warn', 'log'] as const) vi.spyOn(console, level).mockImplementation(written);
});
afterEach(() => {
  expect(written).toHaveBeenCalledTimes(0);
  vi.restoreAllMocks();
});

const plist = (doctype: string, label: string) =>
  `<?xml version="1.0"?>${doctype}<plist version="1.0"><dict><key>Label</key><string>${label}</string></dict></plist>`;

it('reads what our own writer writes, and the entities of XML', () => {
  const agent = { Label: 'a & b < c > "d" \'e\'', ProgramArguments: ['echo', '&amp;'] };
  expect(parsePlist(build(agent))).toEqual(agent);
  expect(parsePlist(plist('', '&#65;&#x42;&amp;'))).toEqual({ Label: 'AB&' });
});

it.each(['<?xml?>', '<?xml version=1?>', '<?xml version="1.0" encoding?>', '<?xml version="1.0"><!-- ?>'])(
  'needs nothing of the XML declaration, not even %s',
  (declaration) => {
    const body = '<plist version="1.0"><dict><key>Label</key><string>a</string></dict></plist>';
    expect(parsePlist(`${declaration}${body}`)).toEqual({ Label: 'a' });
  },
);

it.each([
  [plist('<!DOCTYPE plist [<!ENTITY j "job">]>', '&j;'), 'defines entities'],
  [plist('<!DOCTYPE plist [<!ENTITY j SYSTEM "file:///etc/passwd">]>', '&j;'), 'defines entities'],
  [plist('', '&j;'), '&j;'],
  [plist('', 'a & b'), 'line'],
  [plist('', 'a &b'), 'line'],
  ['<plist><dict>', 'line'],
  [plist('<!DOCTYPE plist PUBLIC "a" b>', 'a'), 'DOCTYPE'],
  [plist('<!DOCTYPE plist PUBLIC "a">', 'a'), 'DOCTYPE'],
  [plist('<!DOCTYPE plist SYSTEM>', 'a'), 'DOCTYPE'],
  [plist('<!DOCTYPE plist><!DOCTYPE plist>', 'a'), 'DOCTYPE'],
])('refuses a plist that the library would only complain about: %#', (text, reason) => {
  expect(() => parsePlist(text)).toThrow(reason);
});

it.each([
  ['a thousand times the limit', '<array>'.repeat(100_000) + '</array>'.repeat(100_000)],
  ['of which each has a comment', '<array><!-- > -->'.repeat(101) + '</array>'.repeat(101)],
])('refuses elements that are nested too deep, %s, with the limit', (_, elements) => {
  expect(() => parsePlist(`<plist>${elements}</plist>`)).toThrow('it is nested more than 100 levels deep');
});

it('reads 100 levels, and any number beside each other', () => {
  const deep = '<array>'.repeat(98) + '<true/>'.repeat(200) + '</array>'.repeat(98);
  expect(parsePlist(`<plist>${deep}</plist>`)).toBeInstanceOf(Array);
  const long = `<string><![CDATA[${'<a>'.repeat(200)}]]></string>`.repeat(200);
  expect(parsePlist(`<plist><array>${long}</array></plist>`)).toHaveLength(200);
});
