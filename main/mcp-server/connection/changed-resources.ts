import type { Application } from '../../application/application.ts';

/** Most tasks that are compared at a change. Clients of larger schedules read tasks again by themselves. */
const mostTasks = 20_000;
const mostProposals = 200;

/**
 * Follows the schedule and calls `changed` with the address of each resource whose content changed: tasks, runs with their
 * logs, and proposals that were decided, in whichever process that happened.
 * @returns a function that stops it
 */
export async function followResources(application: Application, changed: (uri: string) => void): Promise<() => void> {
  const tasks = await application.tasks();
  const { proposals } = await application.agents();
  const taskFacts = (): Facts =>
    tasks
      .list({})
      .slice(0, mostTasks)
      .map((task) => [task.id, JSON.stringify(task)]);
  const proposalFacts = (): Facts =>
    proposals
      .list({ state: undefined, client: undefined }, { limit: mostProposals, offset: 0 })
      .proposals.map(({ id, state, note }) => [id, `${state} ${note ?? ''}`]);
  const taskChanges = new Differences(taskFacts());
  const proposalChanges = new Differences(proposalFacts());
  return application.follow({
    scheduleChanged: () => {
      for (const id of taskChanges.since(taskFacts())) changed(taskUri(id));
    },
    executionsChanged: (executions) => {
      for (const { executionId } of executions) {
        changed(runUri(executionId));
        changed(`${runUri(executionId)}/log`);
      }
      // Each run changes what its task says. Comparing all tasks here would cost a large schedule each start and end.
      for (const id of new Set(executions.map(({ taskId }) => taskId))) changed(taskUri(id));
    },
    proposalsChanged: () => {
      for (const id of proposalChanges.since(proposalFacts())) changed(proposalUri(id));
    },
    executionsRemoved: (ids) => {
      for (const id of ids) changed(runUri(id));
    },
    settingsChanged: () => undefined,
    slotsMissed: () => undefined,
    attentionChanged: () => undefined,
  });
}

const taskUri = (id: string): string => `schedule://tasks/${encodeURIComponent(id)}`;
const runUri = (id: string): string => `schedule://executions/${encodeURIComponent(id)}`;
const proposalUri = (id: string): string => `schedule://proposals/${encodeURIComponent(id)}`;

type Facts = readonly (readonly [id: string, content: string])[];

/** Finds what is new, different or gone between two looks. */
class Differences {
  #known: ReadonlyMap<string, string>;

  constructor(facts: Facts) {
    this.#known = new Map(facts);
  }

  /** Returns the ids that changed since the last look. */
  since(facts: Facts): string[] {
    const [before, now] = [this.#known, new Map(facts)];
    this.#known = now;
    const gone = [...before.keys()].filter((id) => !now.has(id));
    return [...gone, ...facts.filter(([id, content]) => before.get(id) !== content).map(([id]) => id)];
  }
}
