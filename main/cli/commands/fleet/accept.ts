import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { required, text } from '../../option.ts';
import { confirmed } from '../../question.ts';

export const fleetAcceptCommand = defineCommand({
  name: 'fleet accept',
  byPerson: true,
  summary: 'Accept the key of a member: this machine then runs what that member shares.',
  description:
    'Compare the fingerprint with the one that `fleet status` shows on that member. Asks, unless --fingerprint is given.',
  positionals: { member: required(text('Name of the member, as `fleet members` shows it.', 'MEMBER')) },
  options: { fingerprint: text('The fingerprint of its key; another key is refused.', 'SHA256:…') },
  answers: 'member: as in `fleet members`.',
  examples: [{ line: 'fleet accept server-2', does: 'run what was made on server-2' }],
  run: async (context, { member: name, fingerprint }) => {
    const fleet = await (await context.application()).fleet();
    if (fingerprint !== undefined) return { member: await fleet.accept(name, fingerprint, 'cli') };
    const shown = (await fleet.members()).find((each) => each.name === name || each.id === name);
    // The lookup that reports an unknown name lists the others.
    if (shown === undefined) return { member: await fleet.accept(name, '', 'cli') };
    const changed = shown.key === 'changed' ? 'Its key is another than the one that was accepted. ' : '';
    const question = `${changed}Run what ${shown.name} shares on this machine? Its key: ${shown.fingerprint}`;
    const unasked = `Write --fingerprint ${shown.fingerprint} if that is the key of ${shown.name}.`;
    if (await confirmed(context.environment, { question, unasked }))
      return { member: await fleet.accept(shown.id, shown.fingerprint, 'cli') };
    throw new SchedulerError('usage/not-confirmed', `The key of ${shown.name} was not accepted.`);
  },
  text: ({ member: { name, fingerprint } }, view) =>
    `Accepted ${view.plain(name)} (${fingerprint}). This machine runs what it shares.`,
});
