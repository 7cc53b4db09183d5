/**
 * What a worker needs of the environment of the program that starts it. Everything else stays out: a worker lives as
 * long as its task, whose commands may read the worker's environment in /proc, and the task must not depend on who
 * started it. Loaders' variables (`LD_*`, `NODE_*`, …) would change how the worker itself runs. The first one is set by the
 * build only, to record the worker's compiled code (`code-cache.ts`).
 */
const needed =
  /^(?:NCP_SCHEDULER_RECORD_CODE|HOME|USER|LOGNAME|PATH|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|XDG_RUNTIME_DIR|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY)$/;
/** On Windows, where programs need many of the system's variables: those that would change how the worker runs. */
const dangerous = /^(?:ELECTRON_.*|NODE_.*|VITE(?:ST)?(?:_.*)?|NPM_.*|NCP_EXECUTION_ID)$/i;
/** An AppImage finds its own libraries by this variable, which its start script sets together with APPDIR. */
const ofAppImage: ReadonlySet<string> = new Set(['APPDIR', 'LD_LIBRARY_PATH']);

/** Returns the environment of a worker, from that of this process. */
export function workerEnvironment(
  from: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const isAppImage = from['APPDIR'] !== undefined && from['APPIMAGE'] !== undefined;
  const passes = (name: string) =>
    platform === 'win32' ? !dangerous.test(name) : needed.test(name) || (isAppImage && ofAppImage.has(name));
  const entries = Object.entries(from).flatMap(([name, value]) =>
    value !== undefined && passes(name) ? [[name, value]] : [],
  );
  return Object.fromEntries(entries) as Record<string, string>;
}
