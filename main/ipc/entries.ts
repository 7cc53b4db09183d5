import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Shows the entries in the OS scheduler, what they contain, and what other schedulers run. */
export function entryHandlers(application: Application): HandlersOf<'entries'> {
  return {
    'entries.list': async () => {
      const operations = await application.entries();
      const [entries, legacy] = await Promise.all([operations.entries(), operations.legacyEntries()]);
      return { entries: [...entries.filter(({ state }) => state !== 'legacy'), ...legacy] };
    },
    'entries.others': async () => (await application.otherJobs()).list(),
    'entries.preview': async ({ timingId, kind }) => {
      const spec = (await application.tasks()).timingSpec(timingId);
      const { artifacts, covers, notes } = await (await application.entries()).preview(kind, spec, { timingId });
      return { kind, artifacts: [...artifacts], covers, notes: [...notes] };
    },
  };
}
