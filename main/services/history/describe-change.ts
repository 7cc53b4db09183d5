import { alreadyUndone, type Change } from '../../contract/history.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ScheduleFile } from '../../contract/task.ts';
import type { AuditRecord } from '../../ports/ledger/audit.ts';
import { differences, isRecord, type Recorded } from './differences.ts';
import { isObstacle, undoneSettings } from './undo-settings.ts';
import { isOfAgents, isOfSettings, obstacleOf, statesOf, type Obstacle } from './undo-change.ts';

/** The current state, which may prevent undoing a change. */
export interface Present {
  readonly file: ScheduleFile;
  /** Called only for a change of settings. */
  readonly settings: () => Settings;
}

/** Describes a recorded change for people and programs. */
export function describeChange(present: Present, record: AuditRecord, isUndone: boolean): Change {
  const { sequence, at, author, action, taskId, batch, undoes } = record;
  const { before, after } = statesOf(record);
  const name = (after ?? before)?.['name'];
  return {
    id: sequence,
    ...{ at, author, action, taskId },
    kind:
      taskId === null || isOfAgents(record)
        ? 'changed'
        : before === null
          ? 'created'
          : after === null
            ? 'deleted'
            : 'changed',
    taskName: typeof name === 'string' ? name : null,
    differences: action.startsWith('all.')
      ? [{ field: 'paused', before, after }]
      : isOfSettings(record)
        ? differences(oneByOne(before), oneByOne(after))
        : differences(before, after),
    batch: batch ?? null,
    undoes: undoes ?? null,
    obstacle: isUndone ? alreadyUndone : (presentObstacle(present, record)?.message ?? null),
  };
}

/** Settings whose parts change independently, and the parts of `agents` and `alerts` that again consist of parts. */
const inParts = ['mcpServers', 'machines', 'calendars', 'agents', 'alerts', 'agents.clients', 'alerts.channels'];

/** Returns settings with an entry for each part of these, so that a change of one MCP server does not show all of them. */
function oneByOne(settings: Recorded | null): Recorded | null {
  if (settings === null) return null;
  return inParts.reduce<Recorded>((units, whole) => {
    const { [whole]: parts, ...rest } = units;
    if (!isRecord(parts)) return units;
    return { ...rest, ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [`${whole}.${name}`, part])) };
  }, settings);
}

function presentObstacle({ file, settings }: Present, record: AuditRecord): Obstacle | null {
  if (!isOfSettings(record)) return obstacleOf(file, record);
  const change = undoneSettings(record, settings());
  return isObstacle(change) ? change : null;
}
