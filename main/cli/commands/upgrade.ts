import { messageOf } from '../../domain/errors.ts';
import { upgradeSteps } from '../../domain/installation-advice.ts';
import { defineCommand } from '../command.ts';

export const upgradeCommand = defineCommand({
  name: 'upgrade',
  reads: true,
  summary: 'Show how to update this installation, and whether there is a newer version.',
  description:
    'Changes nothing. It asks the npm registry for the newest version, and says so if there is no answer. Tasks, history and settings stay, and older files are upgraded when they are first opened. A version that is older than your files refuses to open them and changes nothing.',
  positionals: {},
  options: {},
  answers:
    'kind (npm, npm-project, npx, deb, rpm, appimage, app, clone), path, version, newest (null if unknown), problem (why it is unknown, or null), steps.',
  examples: [{ line: 'upgrade', does: 'see the newest version and the commands that install it' }],
  run: async (context) => {
    const application = await context.application();
    const installation = await application.installation();
    const { kind, path } = installation;
    const done = context.progress('Asking for the newest version');
    let newest: string | null = null;
    let problem: string | null = null;
    try {
      newest = await installation.newestVersion(context.environment.stop);
    } catch (error) {
      problem = messageOf(error);
    } finally {
      done();
    }
    return { kind, path, version: application.version, newest, problem, steps: upgradeSteps(kind, path, newest) };
  },
  text: ({ kind, path, version, newest, problem, steps }, view) => {
    const installed = `Installed: ${version} (${ways[kind]}, ${view.plain(path)})`;
    if (newest === version) return `${installed}\nThis is the newest version.`;
    const known =
      newest === null ? `The newest version is not known: ${view.plain(problem ?? '')}` : `Newest:    ${newest}`;
    return [installed, known, '', 'To update:', ...steps.map((step) => `  ${view.plain(step)}`)].join('\n');
  },
});

const ways = {
  npm: 'npm, global',
  'npm-project': 'npm, in a project',
  npx: 'the cache of npx',
  deb: 'Debian package',
  rpm: 'RPM package',
  appimage: 'AppImage',
  app: 'app',
  clone: 'clone',
} as const;
