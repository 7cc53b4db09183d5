import { lookAlikeCodes } from './look-alike-data.ts';

const listed = new RegExp(
  `^[${lookAlikeCodes
    .split(' ')
    .map((range) =>
      range
        .split('-')
        .map((code) => `\\u{${code}}`)
        .join('-'),
    )
    .join('')}]$`,
  'u',
);
const ascii = /^[\0-\x7e]*$/;
const word = /[\p{L}\p{M}\p{N}]+/gu;
const latin = /\p{Script=Latin}/u;
/** A character that belongs to no script but Latin. */
const ofNoOtherScript = /^[\p{Script_Extensions=Latin}\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]$/u;
/** Chinese, Japanese and Korean are written with Latin letters in one word, and hardly any of their letters mislead. */
const eastAsian = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}]$/u;
/** Scripts in daily use, in which a word that mixes no scripts stays readable. */
const scripts: readonly RegExp[] = [
  ...['Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati'],
  ...['Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao', 'Tibetan', 'Myanmar', 'Khmer'],
  ...['Ethiopic', 'Mongolian'],
].map((script) => new RegExp(`^\\p{Script_Extensions=${script}}$`, 'u'));

/**
 * Escapes the characters that can be taken for ASCII ones: `а` (Cyrillic) in `аpple`, `；`, `𝚛𝚖`, `–`, and combining marks
 * that change the look of an ASCII character. In a word that mixes scripts every letter of another script is escaped. A
 * word wholly in one script other than Latin stays readable, unless each of its letters looks like a Latin one.
 */
export function markLookAlikes(text: string, escape: (character: string) => string): string {
  if (ascii.test(text)) return text;
  return text
    .replace(/([\0-\x7e])(\p{M}+)/gu, (_, base: string, marks: string) => base + markMarks(base, marks, escape))
    .replace(word, (found) => markWord(found, escape))
    .replace(/[^\p{L}\p{M}\p{N}\0-\x7e]/gu, (character) => (looksAscii(character) ? escape(character) : character));
}

/** An accent on a letter that Unicode also has as one character (é, ế) is ordinary writing; anything else is not. */
function markMarks(base: string, marks: string, escape: (character: string) => string): string {
  const isAccent = /[a-zA-Z]/.test(base) && [...(base + marks).normalize('NFC')].length === 1;
  return isAccent ? marks : [...marks].map(escape).join('');
}

function markWord(text: string, escape: (character: string) => string): string {
  if (ascii.test(text)) return text;
  const characters = [...text];
  const others = characters.filter((character) => !ofNoOtherScript.test(character));
  const isEastAsian = others.every((character) => eastAsian.test(character));
  const isOneScript = isEastAsian || scripts.some((script) => others.every((character) => script.test(character)));
  const misleads = isOneScript && !latin.test(text) ? others.every(looksAscii) : true;
  const mixes = isOneScript && !isEastAsian && latin.test(text);
  return characters
    .map((character) => {
      const isOther = !ofNoOtherScript.test(character);
      const isMarked = isOther ? misleads && (mixes || looksAscii(character)) : looksAscii(character);
      return isMarked ? escape(character) : character;
    })
    .join('');
}

function looksAscii(character: string): boolean {
  return !ascii.test(character) && (listed.test(character) || ascii.test(character.normalize('NFKC')));
}
