/**
 * Variables that would change how this app's child processes run instead of the task: inspector and loader switches of
 * Node and Electron, and the dynamic loader's preloads. VS Code removes the same ones from its utility processes.
 */
const dangerous = [
  /^ELECTRON_(?:RUN_AS_NODE|NO_ATTACH_CONSOLE|ENABLE_LOGGING|ENABLE_STACK_DUMPING)$/,
  /^NODE_(?:OPTIONS|CHANNEL_FD|CHANNEL_SERIALIZATION_MODE|UNIQUE_ID|V8_COVERAGE)$/,
  /^VITE(?:ST)?(?:_|$)/,
  /^(?:LD_PRELOAD|DYLD_INSERT_LIBRARIES)$/,
  /^NCP_EXECUTION_ID$/,
];

/** Returns the environment of a worker: this process's own, without the dangerous variables. */
export function workerEnvironment(from: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const kept = Object.entries(from).filter(([name]) => !dangerous.some((pattern) => pattern.test(name)));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value ?? '')]));
}
