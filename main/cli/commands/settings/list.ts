import { defineCommand } from '../../command.ts';
import { settingNames, settingOf } from '../../values/setting.ts';

export const settingsListCommand = defineCommand({
  name: 'settings list',
  reads: true,
  summary: 'List the settings with their values.',
  description: 'MCP servers are not listed, because they can hold passwords. `agents list` shows what agents may do.',
  positionals: {},
  options: {},
  answers: 'settings: name, value (null if it is not set), isDefault.',
  examples: [{ line: 'settings list', does: 'list all settings' }],
  run: async (context) => {
    const settings = (await context.application()).settings.read();
    return { settings: settingNames.map((name) => settingOf(settings, name)) };
  },
  text: ({ settings }, view) =>
    view.table(
      settings,
      [
        { title: 'NAME', cell: ({ name }) => name, whole: true },
        { title: 'VALUE', cell: ({ value }) => (value === null ? 'not set' : view.plain(valueText(value))) },
        { title: 'DEFAULT', cell: ({ isDefault }) => (isDefault ? 'yes' : 'no') },
      ],
      'No settings.',
    ),
});

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
