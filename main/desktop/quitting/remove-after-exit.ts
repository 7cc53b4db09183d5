import { spawn } from 'node:child_process';

/** Waits for the process `$1`, removes the folder `$2`, and then each further folder that is empty. */
const posixScript = `while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
rm -rf -- "$2"; shift 2; for folder; do rmdir -- "$folder"; done`;
/** The same for `NCP_PID`, `NCP_FOLDER` and `NCP_EMPTY`, because a path in an environment variable needs no quotes. */
const windowsScript = `Wait-Process -Id $env:NCP_PID -ErrorAction SilentlyContinue
Remove-Item -LiteralPath $env:NCP_FOLDER -Recurse -Force
foreach ($folder in $env:NCP_EMPTY -split '\\|') { if (!(Get-ChildItem -LiteralPath $folder -Force)) { Remove-Item -LiteralPath $folder } }`;

interface Options {
  /** Folders that are removed afterwards, in this order, if they are empty. */
  readonly thenIfEmpty: readonly string[];
  /** Default: this process. */
  readonly pid?: number;
  /** Default: this system. */
  readonly platform?: NodeJS.Platform;
}

/**
 * Removes a folder once a process has ended. Chromium writes its files until it ends, and its network process makes their folder
 * again, so no process of the app can remove them.
 */
export function removeAfterExit(folder: string, options: Options): void {
  const { thenIfEmpty, pid = process.pid, platform = process.platform } = options;
  const detached = { detached: true, stdio: 'ignore', windowsHide: true, cwd: '/' } as const;
  const child =
    platform === 'win32'
      ? spawn('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', windowsScript], {
          ...detached,
          env: { ...process.env, NCP_PID: String(pid), NCP_FOLDER: folder, NCP_EMPTY: thenIfEmpty.join('|') },
        })
      : spawn('/bin/sh', ['-c', posixScript, 'sh', String(pid), folder, ...thenIfEmpty], detached);
  // Without a shell the folder stays: nothing can be said any more, and nothing in it is the person's.
  child.on('error', () => undefined);
  child.unref();
}
