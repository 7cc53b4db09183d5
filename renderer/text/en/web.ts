export const web = {
  signIn: 'Sign in',
  hint: 'Enter a sign-in token. On the machine of the scheduler, this command creates one:',
  command: 'ncp-scheduler web create-token --name browser',
  token: 'Token',
  signOut: 'Sign out',
  signOutLabel: 'This browser',
  signOutHint: 'Signing in again needs a token.',
  lost: 'The connection was lost.',
  unreachable: 'The server is not responding. Check the connection, and that the scheduler is running.',
  notAnswered: (status: number) => `The server did not answer the request (HTTP ${status}).`,
  readOnly: 'You can look at everything, and change nothing: this sign-in is read-only.',
} as const;
