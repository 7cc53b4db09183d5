import type { FleetMemberView, RefusedDefinition, RunsOn } from '../../../main/contract/fleet.ts';
import { formatDate, formatMoment } from '../format.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const seconds = (ms: number): string => `${Math.round(Math.abs(ms) / 1000)} s`;

export const fleet = {
  title: 'Fleet',
  hint: 'Machines that share tasks by a PostgreSQL database. Each member keeps its own scheduler; a shared task runs on one of them, or on each.',
  none: 'This machine is in no fleet.',
  url: 'Address of the database',
  urlHint: 'postgresql://user:password@host/database. It is stored encrypted and never shown again.',
  urlWrong: 'Enter an address such as postgresql://user:password@host/database.',
  name: 'Name of this machine',
  nameWrong: 'Use letters, digits, “.”, “_” and “-”, starting with a letter or digit.',
  tags: 'Tags',
  tagsHint: 'Shared tasks can ask for them, such as gpu or linux.',
  tagsWrong: 'A tag has lower-case letters, digits, “.”, “_” and “-”, such as gpu.',
  look: 'Continue',
  prepare: 'Prepare the database',
  prepareHint: 'Creates the tables of a fleet in it, or upgrades them. Needed once.',
  prepared: (address: string) => `The database ${address} is ready.`,
  back: 'Back',
  accept: 'Run what these members share',
  acceptHint: 'Accept a key only if its fingerprint is the one that the member shows under “Its key”.',
  first: 'This will be its first member.',
  join: 'Join',
  joined: (name: string) => `This machine is a member of the fleet now: ${name}.`,
  keptCopies: (names: readonly string[]) =>
    `The fleet has other versions of tasks that you changed here. Yours are kept, paused: ${names.join(', ')}.`,
  database: 'Database',
  answers: 'answers',
  key: 'Its key',
  shared: 'Shared tasks',
  invitation: 'Invitation',
  invitationHint:
    'Run it on the other machine. It holds no password: give that in another way, as NCP_FLEET_URL or in ~/.pgpass.',
  copy: 'Copy',
  copied: 'Copied.',
  refused: (count: number) => `${counted(count, 'definition')} of the fleet not used on this machine`,
  refusedRow: ({ taskName, taskId, message, at }: RefusedDefinition) =>
    `${taskName ?? taskId} (${formatDate(at)}): ${message}`,
  leave: 'Leave the fleet',
  leaveTitle: 'Leave the fleet?',
  leaveText: 'Its tasks stay on this machine as local tasks, paused. The other members keep them.',
  left: (tasks: readonly string[]) =>
    tasks.length === 0
      ? 'This machine left the fleet.'
      : `This machine left the fleet. Now local, and paused: ${tasks.join(', ')}.`,
  leftUntold: (problem: string) => `The database still lists this machine: ${problem}`,
  members: 'Members',
  here: 'this machine',
  alive: 'alive',
  notSeen: (seenAt: string, now: number) => `not seen since ${formatMoment(seenAt, now)}`,
  draining: 'takes nothing new',
  load: ({ running, limit }: Pick<FleetMemberView, 'running' | 'limit'>) =>
    limit === null ? `${running} running` : `${running} of ${limit} running`,
  next: (at: string, now: number) => `next run ${formatMoment(at, now)}`,
  version: (version: string) => `version ${version}`,
  clock: (ms: number) => `clock ${seconds(ms)} ${ms > 0 ? 'ahead' : 'behind'}`,
  keys: {
    own: '',
    accepted: 'key accepted',
    waiting: 'key not accepted',
    changed: 'another key than the accepted one',
    withdrawn: 'key withdrawn',
  } satisfies Record<FleetMemberView['key'], string>,
  acceptKey: 'Accept key…',
  acceptKeyNow: 'The fingerprints are the same: accept',
  acceptTitle: (name: string) => `Run what ${name} shares?`,
  acceptText: (name: string) =>
    `Compare this fingerprint with the one that ${name} shows under “Its key”. If they are the same, this machine runs the tasks that ${name} shares.`,
  accepted: (name: string) => `This machine runs what ${name} shares.`,
  withdraw: 'Withdraw key',
  withdrawn: (name: string) => `Nothing that ${name} signed starts here by itself any more.`,
  drain: 'Drain',
  drainHint: 'It finishes what runs and takes no new slots of shared tasks.',
  undrain: 'Take slots again',
  drained: (name: string, running: number) => `${name} takes no new slots. Runs in progress there: ${running}.`,
  undrained: (name: string) => `${name} takes slots again.`,
  remove: 'Remove',
  removeHint: 'Removes a member that is gone for good.',
  removed: (name: string) => `${name} was removed from the fleet.`,
  named: (action: string, name: string) => `${action}: ${name}`,
  runsOn: 'Runs on',
  runsOnHint: 'Shared tasks are the same on all members of the fleet.',
  places: { here: 'This machine', one: 'One of the members', each: 'Each of the members' } as const,
  memberTags: 'With all of these tags',
  memberTagsHint: 'Empty: any member.',
  conflict: {
    title: 'Changed on another machine meanwhile',
    hint: (member: string) =>
      `${member} saved another change of this task first. Nothing of yours was saved. Its task has that change now.`,
    field: 'Field',
    yours: 'Yours',
    theirs: (member: string) => `Of ${member}`,
    takeTheirs: 'Discard mine',
    saveMine: 'Save mine over it',
  },
  where: ({ mode, tags }: RunsOn): string =>
    `${mode} of the members${tags.length === 0 ? '' : ` with ${tags.join(', ')}`}`,
};
