import type { FleetRun, FleetRunFilter, ReportedRun } from '../../contract/fleet-runs.ts';
import type { FleetRuns } from '../../ports/fleet/fleet-runs.ts';
import type { DatabaseWorld } from './fleet-tables.ts';

const requestMs = 60_000;

export function memoryRuns({ tables, clock, line }: DatabaseWorld): FleetRuns {
  const { runs, requests, members, askers } = tables;
  const named = ({ memberId, run }: { memberId: string; run: ReportedRun }): FleetRun => ({
    ...run,
    memberId,
    member: members.get(memberId)?.name ?? memberId,
  });
  return {
    save: (memberId, reported) =>
      line.call(() => {
        for (const run of reported)
          if ((runs.get(run.executionId)?.memberId ?? memberId) === memberId)
            runs.set(run.executionId, { memberId, run });
      }),
    list: (filter) =>
      line.call(() => {
        const all = [...runs.values()].map(named).filter((run) => matches(run, filter));
        all.sort((a, b) => order(b.startedAt, a.startedAt) || order(a.executionId, b.executionId));
        const end = filter.offset + filter.limit;
        return { runs: all.slice(filter.offset, end), more: all.length > end };
      }),
    find: (executionId) =>
      line.call(() => {
        const found = runs.get(executionId);
        return found === undefined ? null : named(found);
      }),
    removeOld: (keepMs) =>
      line.call(() => {
        for (const [id, { run }] of runs) if (Date.parse(run.startedAt) < clock.now() - keepMs) runs.delete(id);
        for (const [id, { askedAt }] of requests) if (askedAt < clock.now() - requestMs) requests.delete(id);
      }),
    ask: (request) =>
      line.call(() => {
        requests.set(request.id, { ...request, askedAt: clock.now(), answer: null });
        queueMicrotask(() => askers.forEach(({ memberId, asked }) => memberId === request.memberId && asked()));
      }),
    asked: (memberId) =>
      line.call(() =>
        [...requests.values()]
          .filter((request) => request.memberId === memberId && request.answer === null)
          .filter(({ askedAt }) => askedAt > clock.now() - requestMs)
          .map(({ askedAt: _askedAt, answer: _answer, ...request }) => request),
      ),
    answer: (id, answer) =>
      line.call(() => {
        const request = requests.get(id);
        if (request !== undefined) request.answer = answer;
      }),
    take: (id) =>
      line.call(() => {
        const answer = requests.get(id)?.answer ?? null;
        if (answer !== null) requests.delete(id);
        return answer;
      }),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const matches = (run: FleetRun, { taskId, member, status, since }: FleetRunFilter): boolean =>
  (taskId === undefined || run.taskId === taskId) &&
  (member === undefined || run.member === member || run.memberId === member) &&
  (status === undefined || run.status === status) &&
  (since === undefined || run.startedAt >= since);
