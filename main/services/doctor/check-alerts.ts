import type { DoctorCheck } from '../../contract/cli.ts';
import type { Settings } from '../../contract/settings.ts';
import type { AlertRecords } from '../../ports/ledger/alerts.ts';

export interface AlertDoctorNeeds {
  readonly ledger: Pick<AlertRecords, 'alertStates'>;
  readonly settings: { read(): Settings };
}

/** Reports each channel that could not send an alert, with the words of the receiver. */
export function checkAlerts({ ledger, settings }: AlertDoctorNeeds): DoctorCheck[] {
  const { channels } = settings.read().alerts;
  return ledger.alertStates().flatMap(({ name, waiting, dropped, problem }): DoctorCheck[] => {
    if (problem === null || channels[name] === undefined || channels[name].enabled === false) return [];
    const title = `Alerts cannot be sent to ${name}`;
    const counts = `Waiting: ${waiting}, given up: ${dropped}.`;
    const help = `Try it with \`ncp-scheduler alerts test ${name}\`; then \`ncp-scheduler alerts retry --channel ${name}\`.`;
    return [
      { id: `alerts/${name}`, title, status: 'warning', message: `${problem} ${counts} ${help}`, fixable: false },
    ];
  });
}
