import type { FleetOperations } from '../../../application/operations.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { defineCommand } from '../../command.ts';
import { flag, required, text } from '../../option.ts';
import { confirmed } from '../../question.ts';
import type { TextView } from '../../text/view.ts';
import { blocks } from '../../text/describe-task.ts';
import { describeKept } from './describe-fleet.ts';

export const fleetAcceptCommand = defineCommand({
  name: 'fleet accept',
  byPerson: true,
  summary: 'Accept the key of a member: this machine then runs what that member shares.',
  description:
    'Compare the fingerprint with the one that `fleet status` shows on that member. Asks, unless --fingerprint is given.',
  positionals: { member: required(text('Name of the member, as `fleet members` shows it.', 'MEMBER')) },
  options: {
    fingerprint: text('The fingerprint of its key; another key is refused.', 'SHA256:…'),
    undo: flag(
      'Withdraw its key: nothing that it signed starts here by itself any more, until a trusted member changes it.',
    ),
  },
  answers:
    'member: as in `fleet members`; kept: names of the paused copies of local tasks that the fleet has in another version. With --undo: member null, and withdrawn (name, fingerprint).',
  examples: [
    { line: 'fleet accept server-2', does: 'run what was made on server-2' },
    { line: 'fleet accept server-2 --undo', does: 'no longer run it, for example after server-2 was stolen' },
  ],
  run: async (context, { member: name, fingerprint, undo }) => {
    const fleet = await (await context.application()).fleet();
    if (undo && fingerprint !== undefined)
      throw new SchedulerError(
        'usage/conflicting-options',
        '--undo withdraws the key that was accepted: leave --fingerprint out.',
      );
    if (undo) return { member: null, kept: [], withdrawn: [...(await fleet.withdraw(name, 'cli'))] };
    if (fingerprint !== undefined) return accepted(fleet, name, fingerprint);
    const shown = (await fleet.members()).find((each) => each.name === name || each.id === name);
    // The lookup that reports an unknown name lists the others.
    if (shown === undefined) return accepted(fleet, name, '');
    const changed = shown.key === 'changed' ? 'Its key is another than the one that was accepted. ' : '';
    const question = `${changed}Run what ${shown.name} shares on this machine? Its key: ${shown.fingerprint}`;
    const unasked = `Write --fingerprint ${shown.fingerprint} if that is the key of ${shown.name}.`;
    if (await confirmed(context.environment, { question, unasked }))
      return accepted(fleet, shown.id, shown.fingerprint);
    throw new SchedulerError('usage/not-confirmed', `The key of ${shown.name} was not accepted.`);
  },
  text: ({ member, kept, withdrawn }, view) =>
    member === null
      ? withdrawn.map((each) => withdrawnText(each, view)).join('\n')
      : blocks(
          `Accepted ${view.plain(member.name)} (${member.fingerprint}). This machine runs what it shares.`,
          describeKept(kept, view),
        ),
});

async function accepted(fleet: FleetOperations, member: string, fingerprint: string) {
  const answer = await fleet.accept(member, fingerprint, 'cli');
  return { member: answer.member, kept: [...answer.kept], withdrawn: [] };
}

const withdrawnText = ({ name, fingerprint }: { name: string; fingerprint: string }, view: TextView): string =>
  `Withdrew the key of ${view.plain(name)} (${fingerprint}). Nothing that it signed starts here by itself. \`fleet status\` names the tasks.`;
