import type { ImportChange, ImportReport } from '../../contract/transfer.ts';
import { blocks, describeWarnings } from './describe-task.ts';
import type { TextView } from './view.ts';

/** Returns what an import did or would do, item by item, with the reasons. */
export async function describeImport(
  report: ImportReport & { readonly dryRun: boolean },
  view: TextView,
): Promise<string> {
  const { changes, dryRun, notes, warnings } = report;
  const table = await view.table(
    changes,
    [
      { title: 'ACTION', cell: ({ action }) => view.status(action) },
      { title: 'TYPE', cell: ({ what }) => what },
      { title: 'NAME', cell: ({ name }) => view.plain(name) },
      { title: 'SCHEDULE', cell: ({ schedule }) => view.plain(schedule ?? '') },
      { title: 'COMMAND', cell: ({ runs }) => view.plain(runs ?? '') },
      { title: 'NOTES', cell: (change) => view.plain(reasonsOf(change)) },
    ],
    'Nothing to import.',
  );
  const counts = (['add', 'replace', 'skip', 'refused'] as const).flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${dryRun ? words[action].would : words[action].done}`];
  });
  const moved = report.moved === null ? '' : movedText(report);
  const summary = counts.length === 0 ? '' : `${dryRun ? 'Nothing was changed. ' : ''}${counts.join(', ')}.`;
  return blocks(table, describeWarnings([...notes, ...warnings], view), summary, moved);
}

function movedText({ kind, moved }: Pick<ImportReport, 'kind' | 'moved'>): string {
  if (kind === 'agents')
    return `${moved === 1 ? '1 schedule was' : `${moved} schedules were`} switched off in the agents, and the tasks are active here. A copy of each file was kept. \`undo\` reverses both.`;
  return `${moved === 1 ? '1 line was' : `${moved} lines were`} commented out in the crontab, and the tasks are active here. A copy of the crontab was kept. \`undo\` reverses both.`;
}

const words = {
  add: { would: 'would be added', done: 'added' },
  replace: { would: 'would be replaced', done: 'replaced' },
  skip: { would: 'would be skipped', done: 'skipped' },
  refused: { would: 'cannot be imported', done: 'could not be imported' },
} as const;

function reasonsOf({ reason, fields, notes, source }: ImportChange): string {
  const texts = [reason ?? '', fields.length === 0 ? '' : `Changes ${fields.join(', ')}.`, ...notes];
  const said = texts.filter((text) => text !== '').join(' ');
  return [source ?? '', said].filter((text) => text !== '').join(': ');
}
