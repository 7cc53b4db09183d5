import { hostname } from 'node:os';
import type { FleetMemberView } from '../../../contract/fleet.ts';
import type { CommandContext } from '../../command.ts';
import { defineCommand } from '../../command.ts';
import { list, oneOf, text } from '../../option.ts';
import { confirmed } from '../../question.ts';
import { plain } from '../../../domain/visible-text.ts';
import { databaseUrl, urlPositional } from './database-url.ts';
import { blocks } from '../../text/describe-task.ts';
import { describeFleet, describeKept } from './describe-fleet.ts';

export const fleetJoinCommand = defineCommand({
  name: 'fleet join',
  byPerson: true,
  summary: 'Join a fleet, so that this machine shares tasks with its members.',
  description:
    'Shows the members with the fingerprints of their keys, and asks whether this machine may run what they share: compare the fingerprints with those that `fleet status` shows on each member. Without an answer it accepts none; `fleet accept` accepts one later. The address of the database is stored encrypted.',
  positionals: urlPositional,
  options: {
    name: text('Name of this machine in the fleet. Default: its host name.', 'NAME'),
    tags: list('A tag that tasks can ask for, such as gpu. Repeat it, or separate tags by commas.', 'TAG,…'),
    accept: oneOf('Whose tasks this machine may run, without asking.', ['all', 'none']),
  },
  answers:
    'fleet: as `fleet status`; accepted: names of the members whose keys were accepted; kept: names of the paused copies of local tasks that the fleet has in another version.',
  examples: [
    {
      line: 'fleet join postgresql://ncp@db.example.org/ncp --name server-2 --tags gpu,linux',
      does: 'join as server-2',
    },
  ],
  run: async (context, { url: given, name, tags, accept }) => {
    const url = await databaseUrl(given, context.environment);
    const fleet = await (await context.application()).fleet();
    const others = await fleet.look(url);
    const isAccepted = accept === undefined ? await mayRun(context, others) : accept === 'all';
    const accepted = isAccepted ? others : [];
    const joined = await fleet.join({
      url,
      name: name ?? hostname(),
      tags: (tags ?? []).flatMap((each) => each.split(',')).filter((tag) => tag !== ''),
      accept: accepted.map(({ fingerprint }) => fingerprint),
      author: 'cli',
    });
    return { fleet: joined.fleet, accepted: accepted.map((member) => member.name), kept: [...joined.kept] };
  },
  text: ({ fleet, accepted, kept }, view) => {
    const runs =
      accepted.length === 0
        ? 'It runs no tasks of other members yet: `fleet members` lists their keys, and `fleet accept NAME` accepts one.'
        : `It runs what these members share: ${accepted.map((name) => view.plain(name)).join(', ')}.`;
    const others = `On the other members: ncp-scheduler fleet accept ${view.plain(fleet.name)}`;
    return blocks(`Joined.`, describeFleet(fleet, view), describeKept(kept, view), `${runs} ${others}`);
  },
});

/** Asks a person whether this machine may run what the members share. Without a terminal, it may not. */
async function mayRun({ environment, json }: CommandContext, members: readonly FleetMemberView[]): Promise<boolean> {
  const { isTerminal, canAsk = isTerminal, stderr } = environment;
  if (members.length === 0 || !canAsk || json) return false;
  for (const { name, fingerprint } of members) stderr.write(`${plain(name)}  ${fingerprint}\n`);
  const question = 'Run what these members share on this machine?';
  return confirmed(environment, { question, unasked: 'Write --accept all or --accept none.' });
}
