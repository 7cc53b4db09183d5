import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresFleet } from '../../adapters/fleet/postgres-fleet.ts';
import { openFleetFile } from '../../adapters/storage/fleet/fleet-file.ts';
import { memberKeys } from '../../adapters/storage/fleet/member-keys.ts';
import { systemClock } from '../../adapters/system/system-clock.ts';
import type { RunsOn } from '../../contract/fleet.ts';
import { signedText, type Definition } from '../../domain/fleet/definition.ts';

const hourMs = 3_600_000;

interface ManyTask {
  readonly mode: RunsOn['mode'];
  /** Whether another member makes the next attempt of a run that was lost after its start. */
  readonly takesOver: boolean;
}

/** Many tasks that have been due for some time, whose commands write down each start. */
export interface ManyTasks {
  /** By id. */
  readonly tasks: ReadonlyMap<string, ManyTask>;
  /** ISO instants, in order. */
  readonly slots: readonly string[];
}

/** Returns tasks with `slots` slots, one a minute from the start of the hour before last on. */
export function manyTasks(count: number, slots: number): ManyTasks {
  const first = Math.floor(Date.now() / hourMs - 1) * hourMs - hourMs;
  const tasks = Array.from({ length: count }, (_, index) => {
    const mode = index % 10 === 9 ? ('each' as const) : ('one' as const);
    return [`task-${index}`, { mode, takesOver: mode === 'one' && index % 4 !== 3 }] as const;
  });
  return {
    tasks: new Map(tasks),
    slots: Array.from({ length: slots }, (_, index) => new Date(first + index * 60_000).toISOString()),
  };
}

const overlaps = ['allow-all', 'buffer-all', 'skip'] as const;
/** Seconds. Most end at once; some last longer than a lease. */
const lasting = [0, 0, 0, 0.2, 0, 0, 0, 0.5, 0, 0, 0, 0, 3, 0, 0, 0, 0.2, 0, 0] as const;

/** Shares the tasks in the name of a member, as `share` does. @param log where their commands write each start */
export async function shareMany(
  { tasks, slots }: ManyTasks,
  { url, dataDir, log }: { readonly url: string; readonly dataDir: string; readonly log: string },
): Promise<void> {
  const own = openFleetFile({ path: join(dataDir, 'fleet.json'), lock: (action) => action() }).read();
  if (own === null) throw new Error(`${dataDir} is of no member`);
  const keys = memberKeys(join(dataDir, 'fleet-key.pem'));
  const database = await postgresFleet({ clock: systemClock, random: Math.random }).open(url);
  const first = new Date(slots[0] ?? 0);
  const author = { authorId: own.memberId, authorKey: keys.publicKey() };
  try {
    for (const [index, [taskId, { mode, takesOver }]] of [...tasks].entries()) {
      const line = `echo "$NCP_TASK_ID $NCP_SLOT $NCP_ATTEMPT $HOME $$" >> ${log}; sleep ${lasting[index % lasting.length]}`;
      const task: Definition = {
        ...{ name: taskId, tool: 'shell:run', parameters: { command: line }, status: 'active', createdBy: 'cli' },
        ...{ cronExpression: `0-${slots.length - 1} ${first.getUTCHours()} * * *`, timezone: 'UTC' },
        createdAt: new Date(first.getTime() - hourMs).toISOString(),
        policies: {
          ...{ overlap: overlaps[index % overlaps.length] ?? 'skip', catchUp: 'all' },
          ...(takesOver ? { ifLost: 'take-over' } : {}),
        },
      };
      const runsOn: RunsOn = { mode, tags: [] };
      const content = { fleetId: own.fleetId, taskId, revision: 1, author: own.name, by: 'cli', runsOn, task };
      const text = signedText({ format: 1, ...content });
      await database.tasks.save({ taskId, revision: 1, text, signature: keys.sign(text), ...author });
    }
  } finally {
    await database.close();
  }
}

/** Makes a member expect its shared tasks from before their slots on, as if they had been shared that early. */
export function armEarlier(dataDir: string, { slots }: ManyTasks): void {
  const path = join(dataDir, 'schedule.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as { tasks: Record<string, { armedAt?: string }> };
  const armedAt = new Date(Date.parse(slots[0] ?? '') - hourMs / 2).toISOString();
  for (const task of Object.values(file.tasks)) task.armedAt = armedAt;
  writeFileSync(path, JSON.stringify(file, null, 2));
}
