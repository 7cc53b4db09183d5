import type { InstallationKind } from '../contract/installation.ts';

/** Returns the commands, or a sentence where there is none, that bring this installation to the newest version. */
export function upgradeSteps(kind: InstallationKind, path: string, newest: string | null): string[] {
  const sync = 'ncp-scheduler os sync';
  const version = newest ?? 'VERSION';
  const byKind: Readonly<Record<InstallationKind, readonly string[]>> = {
    npm: ['npm install -g ncp-scheduler@latest', sync],
    'npm-project': ['npm install ncp-scheduler@latest', 'npx ncp-scheduler os sync'],
    npx: ['npm install -g ncp-scheduler', sync],
    deb: [`sudo apt install ./ncp-scheduler_${version}_amd64.deb`, sync],
    rpm: [`sudo dnf install ./ncp-scheduler-${version}.x86_64.rpm`, sync],
    appimage: [`Download the AppImage of version ${version}, replace ${path} with it, and start it once.`],
    app: [`Quit the app, install version ${version} over it, and start it once.`],
    clone: [`cd ${path}`, 'git pull', 'npm start'],
  };
  return [...byKind[kind]];
}

/** Returns how to remove the program itself, as a sentence. */
export function removalStep(kind: InstallationKind, path: string): string {
  const byKind: Readonly<Record<InstallationKind, string>> = {
    npm: 'The program: npm uninstall -g ncp-scheduler',
    'npm-project': 'The program: npm uninstall ncp-scheduler, in the project that uses it',
    npx: 'The program: npm removes it from the cache of npx by itself.',
    deb: 'The program: sudo apt remove ncp-scheduler',
    rpm: 'The program: sudo dnf remove ncp-scheduler',
    appimage: `The program: delete ${path}`,
    app: `The program: ${path}. Remove it as you remove other apps.`,
    clone: `The program: delete the folder ${path}`,
  };
  return byKind[kind];
}
