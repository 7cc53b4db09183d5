import type { Recipe } from './recipe.ts';
import { minutes, oneLine, shellWord } from './recipe-fields.ts';

/** What certbot prints for a certificate that it renewed, or that needs no renewal yet. */
const fine = 'all renewals succeeded|not due for renewal|not yet due for renewal';

/** https://eff-certbot.readthedocs.io/en/stable/using.html#renewing-certificates: twice a day, at a random minute. */
export const certbotRenewal: Recipe = {
  name: 'certbot-renewal',
  title: 'Renew certificates with certbot',
  does: 'Renews a certificate that expires soon. Looks twice a day, at a random minute.',
  needs: 'certbot, a certificate that it made, and the right to write to its folder, which often only root has.',
  succeeds: 'certbot ends with exit code 0 and says that the certificate was renewed or is not due yet.',
  runsOnWindows: false,
  fields: [
    {
      ...{ name: 'certificate', label: 'Certificate', kind: 'text', example: 'example.org' },
      hint: 'Its name, as “certbot certificates” lists it.',
      problem: (value) => (/^\w[\w.-]*$/.test(value) ? null : 'must be a name such as example.org.'),
    },
    {
      ...{ name: 'then', label: 'Then run', kind: 'text', example: 'systemctl reload nginx', isOptional: true },
      hint: 'Optional. A command to run after a renewal, for example to reload the web server.',
      problem: oneLine,
    },
  ],
  task: ({ certificate = '', then = '' }) => ({
    name: `Renew ${certificate}`,
    schedule: 'every day at 03:30 and 15:30',
    tool: 'shell:run',
    parameters: {
      command: [
        `certbot renew --non-interactive --no-random-sleep-on-renew --cert-name ${shellWord(certificate)}`,
        ...(then === '' ? [] : [`--deploy-hook ${shellWord(then)}`]),
      ].join(' '),
    },
    policies: {
      timeoutMs: minutes(15),
      jitterMs: minutes(60),
      catchUp: 'once',
      success: [{ check: 'matches', pattern: fine }],
    },
  }),
};
