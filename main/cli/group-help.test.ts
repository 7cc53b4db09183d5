import { expect, it } from 'vitest';
import { runLine } from '../testing/cli-harness.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import { commandGroups, loadAllCommands, typedNames } from './command-table.ts';

const groups = commandGroups.filter((group) => !typedNames.includes(group));

it.each(groups)('`%s --help` and `help` list its commands', async (group) => {
  const application = memoryApplication();
  const members = (await loadAllCommands()).filter(({ name, aliases = [] }) =>
    [name, ...aliases].some((each) => each.startsWith(`${group} `)),
  );
  expect(members.length).toBeGreaterThan(0);
  for (const line of [
    [group, '--help'],
    [group, '-h'],
    ['help', group],
  ]) {
    const { code, stdout } = await runLine(application, line);
    expect(code, line.join(' ')).toBe(0);
    for (const { name, summary } of members) expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`${name} ${summary}`);
  }
  application.dispose();
});
