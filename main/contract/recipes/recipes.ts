import { acmeRenewal } from './acme-renewal.ts';
import { certbotRenewal } from './certbot-renewal.ts';
import { gitBuild } from './git-build.ts';
import { mcpDigest } from './mcp-digest.ts';
import { pingUrl } from './ping-url.ts';
import type { Recipe } from './recipe.ts';
import { resticBackup } from './restic-backup.ts';
import { rotateLogs } from './rotate-logs.ts';
import { rsyncBackup } from './rsync-backup.ts';

/** Every recipe, in the order in which they are offered. To add one, write its file in this folder and list it here. */
export const recipes: readonly Recipe[] = [
  resticBackup,
  rsyncBackup,
  pingUrl,
  certbotRenewal,
  acmeRenewal,
  mcpDigest,
  gitBuild,
  rotateLogs,
];

/** @param platform as in `process.platform` */
export const recipesOn = (platform: string): readonly Recipe[] =>
  platform === 'win32' ? recipes.filter(({ runsOnWindows }) => runsOnWindows) : recipes;
