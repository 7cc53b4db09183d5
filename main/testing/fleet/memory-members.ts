import { SchedulerError } from '../../domain/errors.ts';
import type { FleetMembers } from '../../ports/fleet/fleet-members.ts';
import type { SharedTasks } from '../../ports/fleet/shared-tasks.ts';
import type { DatabaseWorld } from './fleet-tables.ts';

/** How many revisions of a task are kept. */
const revisionsKept = 100;

export function memoryMembers({ tables, clock, line }: DatabaseWorld): FleetMembers {
  const { members } = tables;
  return {
    join: (member) =>
      line.call(() => {
        const before = members.get(member.id);
        if (before !== undefined && before.publicKey !== member.publicKey) throw keyChanged(member.name);
        const namesake = [...members.values()].find(
          ({ id, name, left }) => !left && name === member.name && id !== member.id,
        );
        if (namesake !== undefined) throw nameTaken(member.name);
        const now = clock.nowIso();
        members.set(member.id, {
          ...member,
          joinedAt: before?.joinedAt ?? now,
          seenAt: now,
          left: false,
          draining: false,
        });
        tables.changed();
      }),
    leave: (id) =>
      line.call(() => {
        const member = members.get(id);
        if (member !== undefined) members.set(id, { ...member, left: true });
        tables.changed();
      }),
    beat: (id, status) =>
      line.call(() => {
        const member = members.get(id);
        if (member === undefined || member.left) throw notAMember(id);
        members.set(id, { ...member, status, seenAt: clock.nowIso() });
        return { draining: member.draining };
      }),
    setDraining: (id, draining) =>
      line.call(() => {
        const member = members.get(id);
        if (member !== undefined && !member.left) members.set(id, { ...member, draining });
        tables.changed();
      }),
    list: () =>
      line.call(() =>
        [...members.values()]
          .filter(({ left }) => !left)
          .map(({ left: _, ...member }) => member)
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      ),
  };
}

const nameTaken = (name: string): SchedulerError =>
  new SchedulerError('fleet/name-taken', `Another member is named ${name}. Choose another name.`, { name });
const keyChanged = (name: string): SchedulerError =>
  new SchedulerError('fleet/key-changed', `${name} joined with another key before.`, { name });
export const notAMember = (id: string): SchedulerError =>
  new SchedulerError('fleet/not-a-member', 'This machine is not a member of the fleet.', { id });

export function memorySharedTasks({ tables, clock, line }: DatabaseWorld): SharedTasks {
  const { definitions } = tables;
  const revisionsOf = (taskId: string) => definitions.get(taskId) ?? [];
  return {
    save: (definition) =>
      line.call(() => {
        const revisions = revisionsOf(definition.taskId);
        const theirs = revisions.at(-1) ?? null;
        const { revision, signature } = definition;
        const mine = revisions.find((stored) => stored.revision === revision && stored.signature === signature);
        if (mine !== undefined) return { saved: true, change: mine.change };
        if ((theirs?.revision ?? 0) !== definition.revision - 1) return { saved: false, theirs };
        const change = (tables.change += 1);
        const stored = { ...definition, change, changedAt: clock.nowIso() };
        definitions.set(definition.taskId, [...revisions, stored].slice(-revisionsKept));
        tables.changed();
        return { saved: true, change };
      }),
    changedSince: (change) =>
      line.call(() =>
        [...definitions.values()]
          .flatMap((revisions) => revisions.at(-1) ?? [])
          .filter((definition) => definition.change > change)
          .sort((a, b) => a.change - b.change),
      ),
    revisions: (taskId) => line.call(() => revisionsOf(taskId).toReversed()),
  };
}
