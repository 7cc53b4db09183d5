// `npm start`: builds and starts the app, also from a fresh clone. Passes options to the app: `npm start -- --demo`.
//
// Starts the packaged app, not a development runtime, so that you run what ships, and the OS entries that it installs
// call an executable that stays in place (dist/).
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInForeground, isRoot } from './setup/command.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDebianPackages, hasDisplay } from './setup/debian-packages.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensurePackagedApp } from './setup/package-app.mjs';
import { inProject } from './setup/project.mjs';
import { ensureRuntime } from './setup/runtime.mjs';

/** Returns why no window can be opened here, or undefined if one can. */
const reasonForNoWindow = () => {
  if (!hasDisplay()) return 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  if (process.platform === 'linux' && isRoot()) {
    return 'Chromium cannot open a window for root without disabling its sandbox; run this as an ordinary user to see the window';
  }
  return undefined;
};

/**
 * Adds a temporary data directory for `--demo`, unless one is given. The demo uses the MCP server of this checkout.
 * @param {readonly string[]} args
 */
const withDemoData = (args) => {
  if (!args.includes('--demo')) return args;
  process.env['NCP_SCHEDULER_DEMO_SERVER'] = inProject(
    'node_modules/@modelcontextprotocol/server-filesystem/dist/index.js',
  );
  process.env['NCP_SCHEDULER_DEMO_NODE'] = process.execPath;
  if (args.some((word) => word.startsWith('--data-dir'))) return args;
  const dataDir = mkdtempSync(join(tmpdir(), 'ncp-scheduler-demo-'));
  console.error(`The demo keeps its data in ${dataDir}.`);
  return [...args, '--data-dir', dataDir];
};

/** @param {readonly string[]} given */
const start = async (given) => {
  ensureDependencies();
  const args = withDemoData(given);
  const reason = reasonForNoWindow();
  if (reason !== undefined) {
    ensureBuild();
    console.error(
      `${reason}: the scheduler runs in the foreground instead, with its window in a browser. Press Ctrl+C to stop it.`,
    );
    return runInForeground(process.execPath, [inProject('out/headless/headless.js'), 'serve', '--web', ...args]);
  }
  ensureDebianPackages({ tests: false });
  const runtime = await ensureRuntime();
  ensureBuild();
  return runInForeground(await ensurePackagedApp(runtime, { e2e: false }), args);
};

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error(`start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
