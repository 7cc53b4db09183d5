import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProject } from '../setup/project.mjs';

const icons = inProject('resources/icons');
const app = (name: string) => readFileSync(`${icons}/app/${name}`);
const states = ['attention', 'failing', 'idle', 'paused', 'running'];

/** Returns the width and height from a PNG's header chunk. */
const sizeOf = (png: Buffer): [number, number] => {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

describe('app icons', () => {
  test.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('%i pixels', (size) => {
    expect(sizeOf(app(`${size}x${size}.png`))).toEqual([size, size]);
  });

  test('the icns file has every size macOS needs, and its lengths add up', () => {
    const icns = app('icon.icns');
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const widths = new Map<string, number>();
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const [width] = sizeOf(icns.subarray(at + 8));
      widths.set(icns.toString('latin1', at, at + 4), width);
    }
    expect(Object.fromEntries(widths)).toEqual({
      ...{ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 },
    });
  });

  test('the ico file has every size Windows needs', () => {
    const ico = app('icon.ico');
    const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.readUInt8(6 + 16 * i) || 256);
    expect(widths.sort((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });
});

describe('tray icons', () => {
  test('each state has one colour drawing and one template', () => {
    const sources = states.flatMap((state) => [`${state}-template.svg`, `${state}.svg`]);
    expect(readdirSync(`${icons}/src/tray`).sort()).toEqual(sources.sort());
  });

  test.each(states)('%s has every size in both densities, in colour and as a template', (state) => {
    for (const size of [16, 22, 24, 32]) {
      for (const [density, suffix] of [
        [1, ''],
        [2, '@2x'],
      ] as const) {
        for (const kind of ['', 'Template']) {
          const png = readFileSync(`${icons}/tray/${state}-${size}${kind}${suffix}.png`);
          expect(sizeOf(png)).toEqual([size * density, size * density]);
        }
      }
    }
    expect(existsSync(`${icons}/tray/${state}.ico`)).toBe(true);
  });

  test.each(states)('the %s template uses no colours, because macOS reads only the opacity', (state) => {
    const colours = readFileSync(`${icons}/src/tray/${state}-template.svg`, 'utf8').match(/#[0-9a-f]{3,6}\b/gi) ?? [];
    // White appears only inside the mask, where it means "keep".
    expect(new Set(colours.filter((colour) => colour !== '#fff'))).toEqual(new Set(['#000']));
  });
});
