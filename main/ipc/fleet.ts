import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Joins and leaves a fleet, decides about its members, and shares tasks. */
export function fleetHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'fleet'> {
  const taskView = async (id: string) => (await application.tasks()).get(id);
  return {
    'fleet.state': async () => {
      const fleet = await application.fleet();
      const state = await fleet.state();
      return { fleet: state, members: state?.problem === null ? await fleet.members() : null };
    },
    'fleet.init': async ({ url }) => ({ address: (await (await application.fleet()).init(url)).address }),
    'fleet.look': async ({ url }) => ({ members: await (await application.fleet()).look(url) }),
    'fleet.join': async (options) => {
      const { fleet, kept } = await (await application.fleet()).join({ ...options, author });
      return { fleet, kept: [...kept] };
    },
    'fleet.leave': async () => {
      const { problem, tasks } = await (await application.fleet()).leave(author);
      return { problem, tasks };
    },
    'fleet.accept': async ({ memberId, fingerprint }) => {
      const { member, kept } = await (await application.fleet()).accept(memberId, fingerprint, author);
      return { member, kept: [...kept] };
    },
    'fleet.withdraw': async ({ memberId }) => {
      await (await application.fleet()).withdraw(memberId, author);
      return {};
    },
    'fleet.drain': async ({ memberId, draining }) => ({
      member: await (await application.fleet()).drain(memberId, draining, author),
    }),
    'fleet.remove': async ({ memberId }) => ({ member: await (await application.fleet()).remove(memberId, author) }),
    'fleet.runs': async (filter) => (await application.fleet()).runs(filter),
    'fleet.readLog': async (piece) => (await application.fleet()).readLog(piece),
    'fleet.share': async ({ taskId, runsOn }) => {
      const fleet = await application.fleet();
      const { id } = await fleet.share(taskId, runsOn, author);
      const { task } = await taskView(id);
      return { task, warning: await fleet.placementProblem(task) };
    },
    'fleet.unshare': async ({ taskId }) => {
      const { id } = await (await application.fleet()).unshare(taskId, author);
      return { task: (await taskView(id)).task };
    },
  };
}
