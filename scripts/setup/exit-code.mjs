/**
 * Runs `action` and removes the `beforeExit` listeners that it leaves behind. electron-builder leaves one
 * (async-exit-hook) that always exits with code 0, which made failed tests look like passed ones. Removing it is safe,
 * because the hook also cleans up on `exit`.
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
