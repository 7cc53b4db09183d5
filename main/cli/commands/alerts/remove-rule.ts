import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { integer, required } from '../../option.ts';

export const alertsRemoveRuleCommand = defineCommand({
  name: 'alerts remove-rule',
  byPerson: true,
  summary: 'Remove a rule of alerts.',
  positionals: { rule: required(integer('Number of the rule, as `alerts list` shows it.', { min: 1 })) },
  options: {},
  answers: 'alerts, states: as `alerts list`.',
  examples: [{ line: 'alerts remove-rule 1', does: 'remove the first rule' }],
  run: async (context, { rule }) => {
    const alerts = await (await context.application()).alerts();
    const { rules } = alerts.list().alerts;
    if (rule > rules.length)
      throw new SchedulerError('usage/invalid-rule', `There is no rule ${rule}; there are ${rules.length}.`, { rule });
    return alerts.configure({ rules: rules.filter((_, index) => index !== rule - 1) }, 'cli');
  },
  text: () => 'Removed the rule. `undo` brings it back.',
});
