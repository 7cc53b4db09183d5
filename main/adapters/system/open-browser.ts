import { spawn } from 'node:child_process';

/** Opens an address in the person's browser. Returns false, and starts nothing, where there is no display. */
export function openBrowser(
  address: string,
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  start: (program: string, args: readonly string[]) => void = startDetached,
): boolean {
  if (platform === 'darwin') start('open', [address]);
  else if (platform === 'win32') start('rundll32', ['url.dll,FileProtocolHandler', address]);
  else if ((env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '') start('xdg-open', [address]);
  else return false;
  return true;
}

function startDetached(program: string, args: readonly string[]): void {
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  // The address is printed too, so a machine without this program loses nothing.
  child.on('error', () => undefined);
  child.unref();
}
