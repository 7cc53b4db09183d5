/**
 * Runs `action`, and takes away the `beforeExit` listeners it left behind. electron-builder leaves one, by
 * async-exit-hook, that ends the process with code 0 whatever it came to: failed tests then looked like passed ones. It
 * cleans up on `exit` as well.
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export const keepingExitCode = async (action) => {
  const before = process.listeners('beforeExit');
  try {
    return await action();
  } finally {
    for (const listener of process.listeners('beforeExit')) {
      if (!before.includes(listener)) process.off('beforeExit', listener);
    }
  }
};
