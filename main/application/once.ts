/**
 * Returns a function that calls `make` at its first call and returns the same promise at every later call. After a
 * failure the next call tries again: its cause may be gone, such as a locked keychain.
 */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= kept(make(), () => (made = null)));
}

/** Returns the promise, and calls `forget` if it is rejected. */
export function kept<T>(made: Promise<T>, forget: () => void): Promise<T> {
  made.catch(forget);
  return made;
}
