import { parse } from 'plist';
import { withoutCommentsAndData, xmlProblem } from '../reading/xml-problem.ts';

/** As Apple's tools and others write it, with or without the address of the definition. */
const doctype = /<!DOCTYPE\s+plist(?:\s+(?:SYSTEM|PUBLIC\s+(?:"[^"<>]*"|'[^'<>]*'))\s+(?:"[^"<>]*"|'[^'<>]*'))?\s*>/i;

/**
 * Returns the content of an XML plist.
 * @throws Error that says why it is not a plist. Checks the text first, because the XML library writes what it finds to
 * standard error and goes on.
 */
export function parsePlist(text: string): unknown {
  const problem = xmlProblem(text);
  if (problem !== null) throw new Error(`it is ${problem}`);
  const plain = withoutCommentsAndData(text);
  if (/<!ENTITY\b|<!DOCTYPE[^>]*\[/i.test(plain)) {
    throw new Error('it defines entities, which are not read. Write out their text in the file');
  }
  if (/<!DOCTYPE/i.test(plain.replace(doctype, ''))) {
    throw new Error('its DOCTYPE cannot be read. Write <!DOCTYPE plist>, or leave it out');
  }
  const unknown = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)[^\s;<&]*;?/i.exec(plain);
  if (unknown !== null)
    throw new Error(`it contains ${unknown[0].slice(0, 40)}, which is not a known entity. Write & as &amp;`);
  // The text is decoded already, so the declaration says nothing more, and a strange one stops the library.
  return parse(text.replace(/^\uFEFF?\s*<\?xml\b[^]*?\?>/, ''));
}
