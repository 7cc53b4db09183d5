/**
 * Runs `action` and removes the `beforeExit` listeners that it leaves behind. electron-builder leaves one
 * (async-exit-hook) that always ends the process with code 0, so that failed tests looked like passed ones. It cleans
 * up on `exit` as well.
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
