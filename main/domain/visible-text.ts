import { markLookAlikes } from './look-alikes.ts';

/**
 * C1 controls, DEL, line separators, marks that reorder text on screen, and invisible characters: zero-width spaces,
 * blanks that count as letters (Hangul fillers, an empty Braille cell), variation selectors and Unicode's tags, both of
 * which can spell hidden text. The set is Default_Ignorable_Code_Point (UAX #44) and the characters that render blank.
 * It includes joiners and the emoji selector; `isPartOfWriting` allows them where they belong.
 */
const invisible =
  '\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028\\u2029\\u202a-\\u202e' +
  '\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}';
/** Characters that look like a space but are not one to a shell. */
const otherSpaces = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';

/** Without C0, for text in which C0 is already escaped: a pattern that matched its line breaks would be slow. */
const invisibleCharacters = new RegExp(`[${invisible}]`, 'gu');
const unsafeCharacters = new RegExp(`[\\u0000-\\u001f${invisible}]`, 'gu');
const unsafeInCode = new RegExp(`[\\u0000-\\u001f${invisible}${otherSpaces}]`, 'gu');

/** After these, a joiner or selector changes what is shown: a family emoji, a Persian or an Indic word. */
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
const joiningScript = /[\p{Script_Extensions=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{M}]$/u;
const keycap = /[#*0-9]$/;

/** Returns true for a joiner or an emoji selector that belongs to the character before it, as people type them. */
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

/** Returns the character as JSON escapes it, one code unit at a time. */
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

/** Returns text on one line with every character visible: names, descriptions and results are untrusted data. */
export function plain(text: string): string {
  return shown(text, unsafeCharacters, visible);
}

/** Returns the same as `plain`, but keeps line breaks and tabs. */
export function plainLines(text: string): string {
  return shown(text, unsafeCharacters, lineVisible);
}

/**
 * Returns the same as `plainLines`, for text that a machine will run: joiners, look-alike spaces and characters that look
 * like ASCII ones are made visible too.
 */
export function plainCode(text: string): string {
  return markLookAlikes(text, escapedCharacter).replace(unsafeInCode, lineVisible);
}

/** Returns the output of `JSON.stringify` as the same JSON with every character visible. JSON itself escapes C0. */
export function plainJson(json: string): string {
  // Most of the text is ASCII, and this test is cheaper than the replacement.
  return /[^\0-\x7e]/.test(json) ? shown(json, invisibleCharacters, escapedCharacter) : json;
}
