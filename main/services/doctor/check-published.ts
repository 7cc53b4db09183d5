import type { DoctorCheck } from '../../contract/cli.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import { publishedSettings, publishingProblem, type PublishedSetting } from '../publishing/publishing.ts';

export interface PublishedDoctorNeeds {
  readonly ledger: Marks;
  readonly settings: Pick<SettingsStore, 'read'>;
}

const titles: Readonly<Record<PublishedSetting, string>> = {
  metricsFile: 'The file with metrics is not up to date',
  calendarFile: 'The file with the calendar is not up to date',
};

/** Reports each file for other programs that could not be written the last time. */
export function checkPublished({ ledger, settings }: PublishedDoctorNeeds): DoctorCheck[] {
  const present = settings.read();
  return publishedSettings.flatMap((setting): DoctorCheck[] => {
    const problem = present[setting] === undefined ? null : publishingProblem(ledger, setting);
    if (problem === null) return [];
    return [
      { id: `published/${setting}`, title: titles[setting], status: 'warning', message: problem, fixable: false },
    ];
  });
}
