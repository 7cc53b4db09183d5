import { Lexer, Parser } from 'yaml';

const mostLevels = 100;
/** What the parser has on its stack besides the levels: the document, and the text that it reads. */
const besideLevels = 2;

/**
 * Refuses YAML that is nested too deep. The library follows each level with a call of its own, and close to the end of the
 * stack V8 cannot even compile a regular expression: it ends the process (`RegExpCompiler Allocation failed`). So this
 * steps the library's own parser word by word, and stops it at the first level too many: only that parser knows which
 * brackets and indents are structure, and which are within quotes, comments and scripts.
 * @throws Error
 */
export function refuseDeepYaml(text: string): void {
  const parser = new Parser();
  for (const word of new Lexer().lex(text)) {
    // A generator does its work only when it is asked for its results, which are of no interest here.
    Array.from(parser.next(word));
    if (parser.stack.length > mostLevels + besideLevels) throw new Error('it is nested deeper than 100 levels');
  }
}
