// Measures the raw cost of Electron without the product. Modes: `forks` (on request, N utilityProcesses that exit
// immediately), `once` (one utilityProcess, then exit), `tray` (an idle tray icon).
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { app, Menu, nativeImage, Tray, utilityProcess } from 'electron';

const mode = process.argv.find((argument) => ['forks', 'once', 'tray'].includes(argument));

const forkOnce = () =>
  new Promise((resolve) => utilityProcess.fork(join(import.meta.dirname, 'child.mjs')).once('exit', resolve));

const serveForks = () => {
  createInterface({ input: process.stdin }).on('line', async (line) => {
    if (line === 'exit') return app.exit(0);
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: Number(line) }, forkOnce));
    console.log(JSON.stringify({ result: { wallMs: performance.now() - startedAt } }));
  });
  console.log(JSON.stringify({ ready: true }));
};

let tray; // A global reference, because a garbage-collected Tray disappears.

app.on('window-all-closed', () => undefined);
app.whenReady().then(async () => {
  if (mode === 'forks') serveForks();
  if (mode === 'once') {
    await forkOnce();
    app.exit(0);
  }
  if (mode === 'tray') {
    tray = new Tray(nativeImage.createEmpty());
    tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', role: 'quit' }]));
    console.log(JSON.stringify({ ready: true }));
  }
});
