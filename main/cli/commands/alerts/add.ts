import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { oneOf, required, text } from '../../option.ts';
import { assertChannelName, channelFrom, channelOptions, ruleFrom, ruleOptions } from './options.ts';

const { on: _on, off: _off, ...fields } = channelOptions;

export const alertsAddCommand = defineCommand({
  name: 'alerts add',
  byPerson: true,
  summary: 'Add a channel of alerts, with a rule that says what it receives.',
  description:
    'The kind decides which options count. webhook: --url, --template, --token, --chat-id, --header, --method, --signing-key. healthchecks: --url, --service. email: --host, --port, --security, --ca-file, --user, --password, --from, --to. command: --command. desktop: none; the app shows a notification. Addresses, keys, tokens and passwords are stored as secrets; `${secret:NAME}` uses a secret that is already stored. Without --event, the channel receives failures, doubtful runs, recoveries, missed runs and tasks that are late, take too long, are overdue or were paused after failures; a check receives start, success and failure. `alerts test NAME` sends a test.',
  positionals: { name: required(text('A name of your choice, for example ops.', 'NAME')) },
  options: {
    kind: required(oneOf('Kind of channel.', ['webhook', 'healthchecks', 'email', 'command', 'desktop'])),
    ...fields,
    ...ruleOptions,
  },
  answers: 'alerts, states: as `alerts list`.',
  examples: [
    {
      line: "alerts add slack --kind webhook --template slack --url 'https://hooks.slack.com/services/T0/B0/X'",
      does: 'alert a channel of Slack',
    },
    { line: "alerts add hc --kind healthchecks --url 'https://hc-ping.com/UUID' --task Backup", does: 'ping a check' },
    {
      line: 'alerts add mail --kind email --host smtp.example.org --user kim --password s3cret --from kim@example.org --to kim@example.org',
      does: 'send emails',
    },
    {
      line: 'alerts add phone --kind command --command apprise --command tgram://BOT/CHAT --event failed',
      does: 'run a program for each failure',
    },
  ],
  run: async (context, { name, kind, ...args }) => {
    assertChannelName(name);
    const application = await context.application();
    if (application.settings.read().alerts.channels[name] !== undefined)
      throw new SchedulerError(
        'usage/alerts',
        `There is already a channel "${name}". \`alerts edit ${name}\` changes it.`,
      );
    const channel = channelFrom(args, { kind });
    const alerts = await application.alerts();
    const rule = await ruleFrom(args, application, { events: alerts.usualEvents(channel), channels: [name] });
    return alerts.setChannel(name, channel, 'cli', rule);
  },
  text: ({ states }, view) =>
    `Channels: ${states.map(({ name }) => view.plain(name)).join(', ')}. Try it: ncp-scheduler alerts test NAME`,
});
