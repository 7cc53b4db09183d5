import { expect, test } from 'vitest';
import { tagColours, tagHue } from './tag-colours.ts';
import type { TagColours } from './tag-colours.ts';

/** Returns the relative luminance of an `hsl()` colour (WCAG 2.2). */
function luminance(colour: string): number {
  const [hue = 0, saturation = 0, lightness = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  const [s, l] = [saturation / 100, lightness / 100];
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    const value = l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(4);
}

const contrast = ({ ink, ground }: TagColours): number => {
  const [a, b] = [luminance(ink), luminance(ground)].sort((left, right) => right - left);
  return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05);
};

test('the text of every hue has enough contrast in both themes', () => {
  for (let hue = 0; hue < 360; hue += 1) {
    const { light, dark } = tagColours(hue);
    expect(contrast(light), `hue ${hue}, light`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark), `hue ${hue}, dark`).toBeGreaterThanOrEqual(4.5);
  }
});

test('a tag always has the same hue, and similar names have different ones', () => {
  expect(tagHue('backup')).toBe(tagHue('backup'));
  expect(new Set(['team-1', 'team-2', 'team-3', 'team-4'].map(tagHue)).size).toBe(4);
});
