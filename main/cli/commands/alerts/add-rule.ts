import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { list, required } from '../../option.ts';
import { ruleFrom, ruleOptions } from './options.ts';

export const alertsAddRuleCommand = defineCommand({
  name: 'alerts add-rule',
  byPerson: true,
  summary: 'Add a rule: which events of which tasks go to which channels.',
  positionals: {},
  options: { channel: required(list('Channel that receives the alerts.', 'NAME')), ...ruleOptions },
  answers: 'alerts, states: as `alerts list`.',
  examples: [
    {
      line: 'alerts add-rule --channel ops --event failed --tag home --after-failures 3 --quiet-hours 22:00-07:00',
      does: 'alert of the third failure in a row of tasks with a tag, but not at night',
    },
  ],
  run: async (context, { channel, ...args }) => {
    const application = await context.application();
    const rule = await ruleFrom(args, application, { events: [], channels: channel });
    if (rule === undefined)
      throw new SchedulerError('usage/invalid-rule', '--event: name at least one event, for example --event failed.');
    const alerts = await application.alerts();
    return alerts.configure({ rules: [...alerts.list().alerts.rules, rule] }, 'cli');
  },
  text: () => 'Added the rule. `alerts list` shows all of them.',
});
