import { secretNameSchema } from '../../../contract/secrets.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { readSecretValue } from '../../values/secret-value.ts';
import { secretPositional } from '../positionals.ts';

export const secretsSetCommand = defineCommand({
  name: 'secrets set',
  byPerson: true,
  summary: 'Store a secret, or replace its value. The value is read from standard input.',
  description:
    'Tasks use it as ${secret:NAME} in their parameters and environment. The value is never an argument, because other programs can read those; at a terminal it is asked for. It is encrypted with a key of the system keychain, or of a file where there is no keychain.',
  positionals: secretPositional,
  options: {},
  answers: 'secret (name, updatedAt), note (about the key; null if it is in the keychain).',
  examples: [{ line: 'secrets set GITHUB_TOKEN', does: 'store what is piped in or typed' }],
  run: async (context, { name }) => {
    if (!secretNameSchema.safeParse(name).success) throw wrongName(name);
    const secrets = await (await context.application()).secrets();
    const value = await readSecretValue(name, context.environment);
    secrets.set(name, value);
    const { secrets: all, note } = secrets.list();
    const secret = all.find((candidate) => candidate.name === name);
    if (secret === undefined)
      throw new SchedulerError('secret/not-found', `The secret "${name}" was removed meanwhile.`);
    return { secret, note };
  },
  text: ({ secret, note }, view) => {
    const line = `Stored ${secret.name}. Tasks use it as \${secret:${secret.name}}.`;
    return note === null ? line : `${line}\n${view.style('yellow', 'Note:')} ${view.plain(note)}`;
  },
});

function wrongName(name: string): SchedulerError {
  const message = `The name of a secret consists of letters, digits and _, and starts with a letter or _, for example GITHUB_TOKEN. "${name}" does not.`;
  return new SchedulerError('usage/invalid-value', message, { name });
}
