import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';
import { settingChange, settingOf } from '../../values/setting.ts';

const author = 'cli';

export const settingsSetCommand = defineCommand({
  name: 'settings set',
  byPerson: true,
  summary: 'Change one setting. The change is in the history and can be undone.',
  description:
    'The value is a number, true, false, a text or JSON. A length of time can be written as 90s, 5m, 2h or 1d. `none` restores the default.',
  positionals: {
    name: required(text('Name of the setting, as `settings list` shows it.', 'NAME')),
    value: required(text('The new value.', 'VALUE')),
  },
  options: {},
  answers: 'setting: name, value (null if it is not set), isDefault.',
  examples: [
    { line: 'settings set doubtfulRuns fail', does: 'count successes that look like failures as failures' },
    { line: 'settings set defaultTimeout 10m', does: 'stop runs after ten minutes unless their task says otherwise' },
    { line: 'settings set concurrencyLimit none', does: 'restore the default' },
  ],
  run: async (context, { name, value }) => {
    const changes = await (await context.application()).settingsChanges();
    return { setting: settingOf(changes.update(settingChange(name, value), author), name) };
  },
  text: ({ setting: { name, value, isDefault } }, view) =>
    `${name}: ${value === null ? 'not set' : view.plain(JSON.stringify(value))}${isDefault ? ' (the default)' : ''}`,
});
