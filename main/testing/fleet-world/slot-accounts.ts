import { spawn } from 'node:child_process';
import { LineClient } from '../../adapters/ssh/line-client.ts';
import type { SlotRecord } from '../../contract/execution.ts';
import type { BuiltCommandLine } from '../built-command-line.ts';
import type { ManyTasks } from './shared-tasks.ts';

/** A slot for which a member gives no account. */
export interface OpenSlot {
  readonly taskId: string;
  readonly slot: string;
  readonly state: SlotRecord['state'] | 'unknown';
}

/** Asks a member, as its window does, what became of each slot of each task. Returns the slots that it cannot account for. */
export async function unaccounted(
  { env, program }: BuiltCommandLine,
  { tasks, slots }: ManyTasks,
): Promise<OpenSlot[]> {
  const bridge = spawn(process.execPath, [program, 'bridge'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((settle) => bridge.once('close', settle));
  const ignore = (): void => undefined;
  const client = new LineClient({
    ...{ input: bridge.stdout, output: bridge.stdin },
    ...{ onGreeting: ignore, onEvent: ignore, onGarbage: ignore },
  });
  const open: OpenSlot[] = [];
  for (const taskId of tasks.keys()) {
    const envelope = await client.call('tasks.why', { taskId, since: slots[0] ?? '' });
    if (!envelope.ok) throw new Error(`${taskId}: ${envelope.error.message}`);
    const records = new Map(envelope.value.slots.map((record) => [record.slot, record]));
    for (const slot of slots) {
      const record = records.get(slot);
      const isTold = record?.state === 'claimed' || (record?.state === 'skipped' && record.reason !== null);
      if (!isTold) open.push({ taskId, slot, state: record?.state ?? 'unknown' });
    }
  }
  bridge.stdin.end();
  await ended;
  return open;
}
