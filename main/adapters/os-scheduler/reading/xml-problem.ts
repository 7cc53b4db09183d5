import { XMLValidator } from 'fast-xml-parser';

/** Tasks and agents have fewer than ten. The libraries follow each level with a call of its own. */
const deepestLevel = 100;
/** A message can quote the whole text. */
const longestMessage = 200;
const tag = /<(\/?)[a-zA-Z_][\w:.-]*(?:"[^"]*"|'[^']*'|[^"'<>])*>/g;

/** Returns why a text is not XML that can be read, to follow "it is"; null if it is. */
export function xmlProblem(text: string): string | null {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return `not valid XML: line ${valid.err.line}, ${valid.err.msg.slice(0, longestMessage)}`;
  return isTooDeep(text) ? `nested more than ${deepestLevel} levels deep` : null;
}

/** Returns valid XML with nothing between its tags that looks like one. */
export const withoutCommentsAndData = (xml: string): string =>
  xml.replaceAll(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, '');

function isTooDeep(xml: string): boolean {
  let levels = 0;
  for (const [whole, close] of withoutCommentsAndData(xml).matchAll(tag)) {
    if (close === '/') levels -= 1;
    else if (!whole.endsWith('/>')) levels += 1;
    if (levels > deepestLevel) return true;
  }
  return false;
}
