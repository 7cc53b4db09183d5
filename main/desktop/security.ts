import { app, session, shell } from 'electron';

/** Schemes of links that may be opened outside the app. Any other scheme could start a program. */
const externalSchemes = new Set(['https:', 'mailto:']);

/**
 * Restricts every page: no navigation, no new windows, no downloads, no permissions
 * (https://www.electronjs.org/docs/latest/tutorial/security). Call before the first window opens.
 */
export function restrictPages(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (isExternal(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
  // The window saves files by dialogs of its own.
  session.defaultSession.on('will-download', (event) => event.preventDefault());
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}

function isExternal(url: string): boolean {
  return URL.canParse(url) && externalSchemes.has(new URL(url).protocol);
}
