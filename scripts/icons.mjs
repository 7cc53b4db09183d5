// `npm run icons`: renders the drawings in resources/icons/src to all icon files that Linux, macOS and Windows need.
// The results are committed, so that packaging needs no renderer. Run it after changing a drawing.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import pngToIco from 'png-to-ico';
import { toIcns } from './icons/icns.mjs';
import { inProject } from './setup/project.mjs';

/** @param {...string} parts */
const sources = (...parts) => inProject('resources/icons/src', ...parts);
const appFolder = inProject('resources/icons/app');
const trayFolder = inProject('resources/icons/tray');

const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** The largest size, in pixels, that uses the drawing for small sizes. */
const smallUpTo = 32;
const appIcoSizes = [16, 24, 32, 48, 64, 128, 256];
/** In logical pixels: 16 for Windows, 22 and 24 for GNOME and KDE, 32 for large panels. Each also at double density. */
const traySizes = [16, 22, 24, 32];
const trayIcoSizes = [16, 20, 24, 32, 48];

/** @param {string} file @param {number} size */
const render = (file, size) =>
  Buffer.from(new Resvg(readFileSync(file, 'utf8'), { fitTo: { mode: 'width', value: size } }).render().asPng());

const renderApp = async () => {
  const pngs = new Map(
    appSizes.map((size) => [size, render(sources(size <= smallUpTo ? 'app-small.svg' : 'app.svg'), size)]),
  );
  // electron-builder reads the size from this file name.
  for (const [size, png] of pngs) writeFileSync(`${appFolder}/${size}x${size}.png`, png);
  writeFileSync(`${appFolder}/icon.ico`, await pngToIco(appIcoSizes.map((size) => pngs.get(size))));
  writeFileSync(`${appFolder}/icon.icns`, toIcns(pngs));
};

/** @param {string} state Such as `idle`. */
const renderTray = async (state) => {
  for (const size of traySizes) {
    for (const density of [1, 2]) {
      const suffix = density === 1 ? '' : `@${density}x`;
      const coloured = render(sources('tray', `${state}.svg`), size * density);
      writeFileSync(`${trayFolder}/${state}-${size}${suffix}.png`, coloured);
      // macOS colours an image itself if its name ends in "Template".
      const template = render(sources('tray', `${state}-template.svg`), size * density);
      writeFileSync(`${trayFolder}/${state}-${size}Template${suffix}.png`, template);
    }
  }
  const ico = trayIcoSizes.map((size) => render(sources('tray', `${state}.svg`), size));
  writeFileSync(`${trayFolder}/${state}.ico`, await pngToIco(ico));
};

for (const folder of [appFolder, trayFolder]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
await renderApp();
const states = readdirSync(sources('tray'))
  .filter((file) => !file.includes('-template'))
  .map((file) => basename(file, '.svg'));
for (const state of states) await renderTray(state);
console.log(`icons: ${appSizes.length} app icon sizes, ${states.length} tray icon states (${states.join(', ')})`);
