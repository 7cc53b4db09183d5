import { expect, it } from 'vitest';
import { Utf8Stream } from './charset.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
const page = (head: string): Buffer => latin1(`<!doctype html><html><head>${head}</head><p>café</p>`);

/** Decodes in chunks of one size. */
function decoded(contentType: string | null, body: Buffer, size: number): { text: string; remarks: string[] } {
  const remarks: string[] = [];
  const stream = new Utf8Stream({ contentType, onRemark: (sentence) => remarks.push(sentence) });
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) parts.push(stream.push(body.subarray(at, at + size)));
  parts.push(stream.end());
  return { text: Buffer.concat(parts).toString('utf8'), remarks };
}

it.each([
  ['text/plain; charset=ISO-8859-1', latin1('café')],
  ['text/plain; charset="windows-1252"; x=y', latin1('café')],
  ['application/json', Buffer.from('café')],
  [null, Buffer.from('café')],
  ['text/html', Buffer.from('café')],
  ['text/html', page('<meta charset=latin1>')],
  ['TEXT/HTML', page('<META http-equiv="Content-Type" content="text/html; charset=iso-8859-1">')],
  ['text/html', Buffer.from('<meta charset="utf-16">café')],
  ['text/html; charset=utf-8', Buffer.from('<meta charset="latin1">café')],
  ['application/atom+xml', latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>café</a>')],
  ['text/html', Buffer.concat([latin1('<meta charset=latin1>'), latin1(' '.repeat(3000)), latin1('café')])],
  ['text/plain', utf16('café')],
  ['text/plain; charset=latin1', utf16('café')],
  ['text/plain; charset=shift_jis', Buffer.concat([latin1('caf'), Buffer.from([0x83, 0x65])])],
])('%s: reads the text, in chunks of any size (%#)', (contentType, body) => {
  for (const size of [1, 7, 5000]) expect(decoded(contentType, body, size).text).toMatch(/caf(é|テ)/);
});

it('reads an unknown charset as UTF-8, and says so', () => {
  const { text, remarks } = decoded('text/plain; charset=klingon', Buffer.from('café'), 3);
  expect(text).toBe('café');
  expect(remarks).toEqual(['The charset "klingon" of the response is unknown; it is read as UTF-8.']);
});
