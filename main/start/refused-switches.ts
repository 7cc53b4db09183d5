/**
 * Chromium's switches that would let other programs or users control this app, read its pages, or run another program
 * in place of a child process. Electron's fuses cover only Node's (`--inspect`).
 */
const refused = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-socket-name',
  'remote-allow-origins',
  'js-flags',
  'disable-web-security',
  'load-extension',
  'disable-extensions-except',
  'host-rules',
  'host-resolver-rules',
  'browser-subprocess-path',
  'gpu-launcher',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
] as const;

/** The part of Electron's `app.commandLine` that is used. */
export interface ChromiumSwitches {
  hasSwitch(name: string): boolean;
  removeSwitch(name: string): void;
}

/**
 * Removes the switches that would open the app to others. Call before Electron is ready: Chromium opens the debugging
 * port later (seen with Electron 33).
 * @param inspected whether Node's inspector runs, which only a build with the fuse for tests allows. Such a build keeps
 * the switches, because Playwright needs them.
 * @returns a warning, or null if there was no such switch
 */
export function removeRefusedSwitches(switches: ChromiumSwitches, inspected: boolean): string | null {
  const given = refused.filter((name) => switches.hasSwitch(name));
  if (given.length === 0) return null;
  const named = given.map((name) => `--${name}`).join(', ');
  if (inspected)
    return `This is a build for tests, not a release: it allows ${named}, so other programs can control it.`;
  for (const name of given) switches.removeSwitch(name);
  return `Ignored ${named}: other programs could control this app, or be run by it.`;
}
