import type { Recipe } from './recipe.ts';
import { oneLine, urlProblem } from './recipe-fields.ts';

export const pingUrl: Recipe = {
  name: 'ping-url',
  title: 'Check that a site answers',
  does: 'Requests a URL every five minutes and tries twice more before it fails.',
  needs: null,
  succeeds: 'The answer has a status from 200 to 299, and contains the text if you give one.',
  runsOnWindows: true,
  fields: [
    {
      ...{ name: 'url', label: 'URL', kind: 'text', example: 'https://example.org' },
      hint: 'The address to request.',
      problem: urlProblem,
    },
    {
      ...{ name: 'text', label: 'Text', kind: 'text', example: 'Welcome', isOptional: true },
      hint: 'Optional. A text that the answer must contain. Case matters.',
      problem: oneLine,
    },
  ],
  task: ({ url = '', text = '' }) => ({
    name: `Check ${new URL(url).host}`.slice(0, 200),
    schedule: 'every 5 minutes',
    tool: 'http:request',
    parameters: { url },
    policies: {
      timeoutMs: 30_000,
      retries: { count: 2, delayMs: 10_000 },
      ...(text === '' ? {} : { success: [{ check: 'contains', text }] }),
    },
  }),
};
