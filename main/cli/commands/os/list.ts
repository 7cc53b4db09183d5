import { defineCommand } from '../../command.ts';

export const osListCommand = defineCommand({
  name: 'os list',
  reads: true,
  summary: 'List the entries in the OS scheduler.',
  positionals: {},
  options: {},
  answers: 'entries: timingId, kind, state (installed, drifted, legacy for those of ncp, foreign), key, path, detail.',
  examples: [{ line: 'os list', does: 'list our entries, and others that look like ours' }],
  run: async (context) => {
    const operations = await (await context.application()).entries();
    const [entries, legacy] = await Promise.all([operations.entries(), operations.legacyEntries()]);
    // Groups that the running app fires have no entry.
    const own = entries.filter(({ state, kind }) => state !== 'legacy' && kind !== 'in-process');
    return { entries: [...own, ...legacy] };
  },
  text: ({ entries }, view) =>
    view.table(
      entries,
      [
        { title: 'GROUP', cell: ({ timingId }) => view.plain(timingId), whole: true },
        { title: 'KIND', cell: ({ kind }) => kind, spare: 1 },
        { title: 'STATE', cell: ({ state }) => view.status(state) },
        { title: 'PATH', cell: ({ path }) => view.plain(path) },
        { title: 'DETAIL', cell: ({ detail }) => view.plain(detail ?? '') },
      ],
      'No entries are installed in the OS scheduler. Without entries, tasks run while the app or `serve` is running.',
    ),
});
