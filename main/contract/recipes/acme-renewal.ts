import type { Recipe } from './recipe.ts';
import { folderProblem, minutes, shellPath } from './recipe-fields.ts';

/** https://github.com/acmesh-official/acme.sh/wiki/Options-and-Params: `--cron` renews whatever is due. */
export const acmeRenewal: Recipe = {
  name: 'acme-renewal',
  title: 'Renew certificates with acme.sh',
  does: 'Renews every certificate of acme.sh that expires soon. Looks once a day, at a random minute.',
  needs:
    'acme.sh, and certificates that it issued. Remove the crontab line that acme.sh installed: acme.sh --uninstall-cronjob.',
  succeeds: 'acme.sh ends with exit code 0, gets to its end and reports no failed renewal.',
  runsOnWindows: false,
  fields: [
    {
      ...{ name: 'home', label: 'Folder of acme.sh', kind: 'folder', example: '~/.acme.sh' },
      hint: 'Where acme.sh and its certificates are.',
      problem: folderProblem,
    },
  ],
  task: ({ home = '' }) => {
    const folder = home.replace(/\/+$/, '');
    return {
      name: 'Renew certificates of acme.sh',
      schedule: 'every day at 03:30',
      tool: 'shell:run',
      parameters: { command: `${shellPath(`${folder}/acme.sh`)} --cron --home ${shellPath(folder)}` },
      policies: {
        timeoutMs: minutes(15),
        jitterMs: minutes(60),
        catchUp: 'once',
        success: [
          { check: 'contains', text: '===End cron===' },
          { check: 'lacks', text: 'Error renewing' },
        ],
      },
    };
  },
};
