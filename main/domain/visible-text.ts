/**
 * C1 controls, DEL, line separators, the marks that reorder text on screen, and characters that show nothing at all:
 * zero-width spaces, blanks that count as letters (Hangul fillers, an empty Braille cell), variation selectors and
 * Unicode's tags, which both can spell hidden text. The set is Default_Ignorable_Code_Point (UAX #44) with what renders
 * blank beside it. Joiners and the emoji selector are in it; `isPartOfWriting` lets them through where they belong.
 */
const invisible =
  '\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028\\u2029\\u202a-\\u202e' +
  '\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}';
/** Look like a space, and are none to a shell. */
const otherSpaces = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';

/* eslint-disable no-misleading-character-class -- the classes are made of ranges; no character in them is combined */
/** Without C0, for text in which those are escaped already: a pattern that matched its line breaks would be slow. */
const invisibleCharacters = new RegExp(`[${invisible}]`, 'gu');
const unsafeCharacters = new RegExp(`[\\u0000-\\u001f${invisible}]`, 'gu');
const unsafeInCode = new RegExp(`[\\u0000-\\u001f${invisible}${otherSpaces}]`, 'gu');
/* eslint-enable no-misleading-character-class */

/** After these a joiner or selector shapes what is seen: a family of emoji, a Persian or an Indic word. */
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
const joiningScript = /[\p{Script_Extensions=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{M}]$/u;
const keycap = /[#*0-9]$/;

/** True for a joiner or an emoji selector that belongs to the character before it, as people type them. */
function isPartOfWriting(character: string, offset: number, whole: string): boolean {
  const before = whole.slice(Math.max(0, offset - 2), offset);
  if (character === '\u200d') return emoji.test(before) || joiningScript.test(before);
  if (character === '\u200c') return joiningScript.test(before);
  if (character === '\ufe0f')
    return (/\p{Emoji}$/u.test(before) && !keycap.test(before)) || isKeycap(before, whole[offset + 1]);
  return false;
}

function isKeycap(before: string, after: string | undefined): boolean {
  return keycap.test(before) && after === '\u20e3';
}

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The character as JSON escapes it, code unit by code unit. */
function escapedCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function visible(character: string): string {
  return shortNames[character] ?? escapedCharacter(character);
}

function lineVisible(character: string): string {
  return character === '\n' || character === '\t' ? character : visible(character);
}

function shown(text: string, unsafe: RegExp, escape: (character: string) => string): string {
  return text.replace(unsafe, (character, offset: number, whole: string) =>
    isPartOfWriting(character, offset, whole) ? character : escape(character),
  );
}

/** One line of text in which every character can be seen: names, descriptions and results are data. */
export function plain(text: string): string {
  return shown(text, unsafeCharacters, visible);
}

/** As `plain`, but line breaks and tabs stay. */
export function plainLines(text: string): string {
  return shown(text, unsafeCharacters, lineVisible);
}

/** As `plainLines`, for what a machine will run: joiners and spaces that only look like one are shown too. */
export function plainCode(text: string): string {
  return text.replace(unsafeInCode, lineVisible);
}

/** What `JSON.stringify` made, still the same JSON, in which every character can be seen: it escapes C0 itself. */
export function plainJson(json: string): string {
  // Most of what is listed is ASCII, and a look is cheaper than a search.
  return /[^\0-\x7e]/.test(json) ? shown(json, invisibleCharacters, escapedCharacter) : json;
}
