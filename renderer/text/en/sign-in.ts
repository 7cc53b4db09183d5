/** Texts about signing in to MCP servers. */
export const signIn = {
  signIn: 'Sign in',
  signInAgain: 'Sign in again',
  signOut: 'Sign out',
  cancel: 'Cancel',
  signedIn: 'You are signed in.',
  expired: (problem: string | null) => problem ?? 'The sign-in has expired.',
  waiting: 'Sign in on the page in your browser.',
  openPage: 'Open the page',
  elsewhere: 'The browser is on another machine',
  address: 'Address at which the browser ended',
  addressHint: 'It begins with http://127.0.0.1 and cannot be opened there. Paste it whole.',
  complete: 'Complete sign-in',
  signedOut: (name: string, note: string | null) =>
    note === null ? `Signed out of “${name}”.` : `Signed out of “${name}” here. ${note}`,
  openSettings: 'Sign in under Settings',
};
