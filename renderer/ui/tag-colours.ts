/** The colours of a tag in one theme, as CSS colours. */
export interface TagColours {
  readonly ink: string;
  readonly ground: string;
}

/** Returns the hue of a tag, in degrees. It depends only on the name, so a tag looks the same everywhere. */
export function tagHue(tag: string): number {
  // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): similar names get different hues.
  let hash = 0x811c9dc5;
  for (const character of tag) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % 360;
}

/** Returns the colours of a hue. In both themes the text has a contrast of at least 4.5 to 1 (WCAG 1.4.3). */
export const tagColours = (hue: number): { light: TagColours; dark: TagColours } => ({
  light: { ink: `hsl(${hue} 75% 22%)`, ground: `hsl(${hue} 70% 92%)` },
  dark: { ink: `hsl(${hue} 65% 82%)`, ground: `hsl(${hue} 40% 18%)` },
});
