import { z } from 'zod';

/**
 * How the program was installed: `npm` by `npm install -g`, `npm-project` as a dependency of a project, `npx` in npm's
 * cache, `app` from a dmg, an installer or an archive, `clone` from the repository.
 */
export const installationKindSchema = z.enum(['npm', 'npm-project', 'npx', 'deb', 'rpm', 'appimage', 'app', 'clone']);
export type InstallationKind = z.infer<typeof installationKindSchema>;
