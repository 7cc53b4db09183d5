// node scripts/browser-picture.mjs: takes the README's picture of the window in a browser into docs/images/browser.png.
// Runs `npm start -- --demo` without a display in a terminal of its own, opens the printed address in Chromium, waits
// until the first tasks have run, and shows both: what the terminal printed, and the page.
// Needs Linux and Chromium: set CHROMIUM=/path, or install Debian's (apt-get install chromium).
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { chromium } from 'playwright';
import { isRoot } from './setup/command.mjs';
import { inProject } from './setup/project.mjs';

const size = { width: 1180, height: 640 };
const escaped = { '&': '&amp;', '<': '&lt;' };
/** @param {string} text */
const asHtml = (text) => text.replace(/[&<]/g, (sign) => escaped[/** @type {keyof typeof escaped} */ (sign)]);

/** Starts the scheduler in a terminal. Ctrl+C ends it, as in any terminal. */
const startInTerminal = () => {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const command = 'stty cols 132; exec npm start -- --demo';
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd: inProject(),
    env: { ...env, TZ: 'UTC', npm_config_progress: 'false' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  const address = new Promise((settle, reject) => {
    child.once('exit', (code) => reject(new Error(`npm start ended with exit code ${code}: ${printed}`)));
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      printed += stripVTControlCharacters(chunk).replaceAll('\r', '');
      const found = /The window is at (\S+)\n/.exec(printed)?.[1];
      if (found !== undefined) settle(found);
    });
  });
  const stop = async () => {
    const ended = new Promise((settle) => child.once('exit', settle));
    child.stdin.write('\x03');
    await ended;
  };
  return { address: /** @type {Promise<string>} */ (address), printed: () => printed, stop };
};

/**
 * Returns a page with the terminal above the browser. The token is used up, and yet nobody should copy it.
 * @param {string} printed
 * @param {string} address
 * @param {Buffer} window
 */
const picture = (printed, address, window) => {
  const lines = printed
    .replace(/#token=\S+/, '#token=ncp_…')
    .trim()
    .split('\n')
    .slice(0, 12);
  return `<style>
    * { box-sizing: border-box; margin: 0; }
    body { width: 1228px; padding: 24px; background: #e8e8ee; font: 13px system-ui, sans-serif; }
    pre { padding: 14px 18px; border-radius: 8px; background: #1c1c22; color: #e6e6ea; font: 13px/1.5 monospace; white-space: pre-wrap; }
    div { margin-top: 18px; overflow: hidden; border: 1px solid #c4c4cc; border-radius: 8px; background: #fff; }
    p { padding: 8px 14px; border-bottom: 1px solid #c4c4cc; background: #f4f4f7; color: #44444c; }
    img { display: block; }
  </style>
  <pre>server:~/ncp-scheduler$ npm start -- --demo\n${asHtml(lines.join('\n'))}</pre>
  <div><p>${new URL(address).origin}</p><img src="data:image/png;base64,${window.toString('base64')}"></div>`;
};

const terminal = startInTerminal();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  chromiumSandbox: !isRoot(),
});
try {
  const address = await terminal.address;
  const page = await browser.newPage({ viewport: size, colorScheme: 'light', locale: 'en-GB', timezoneId: 'UTC' });
  await page.goto(address);
  // The tasks run every minute.
  await page.getByText('4 runs, 1 failed').waitFor({ timeout: 180_000 });
  const window = await page.screenshot();
  // Its own page, because the policy of the window allows no inline styles.
  const both = await browser.newPage({ viewport: { width: 1228, height: 400 } });
  await both.setContent(picture(terminal.printed(), address, window));
  await both.screenshot({ path: inProject('docs/images/browser.png'), fullPage: true });
  console.log('docs/images/browser.png');
} finally {
  await browser.close();
  await terminal.stop();
}
