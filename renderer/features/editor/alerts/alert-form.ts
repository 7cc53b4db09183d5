import type { AlertSettings } from '../../../../main/contract/alerts/rules.ts';
import type { Call } from '../../../bridge/client.ts';

/** Where the alerts of a task go, in the editor: as the rules say, to its own channels, or nowhere. */
export interface AlertForm {
  alertsTo: 'rules' | 'channels' | 'nowhere';
  alertChannels: readonly string[];
}

export const alertsByRules: AlertForm = { alertsTo: 'rules', alertChannels: [] };

export function alertFormOf(taskId: string, settings: Pick<AlertSettings, 'overrides'> | undefined): AlertForm {
  const own = settings?.overrides[taskId]?.channels;
  if (own === undefined) return alertsByRules;
  return { alertsTo: own.length === 0 ? 'nowhere' : 'channels', alertChannels: own };
}

/** Saves where the alerts of a task go, if that has changed. Alerts are settings, so they are saved after the task. */
export async function saveAlerts(call: Call, taskId: string, form: AlertForm, opened: AlertForm): Promise<void> {
  const chosen = channelsOf(form);
  if (JSON.stringify(chosen) === JSON.stringify(channelsOf(opened))) return;
  const { alerts } = await call('alerts.list', {});
  const { [taskId]: _before, ...others } = alerts.overrides;
  const overrides = chosen === null ? others : { ...others, [taskId]: { channels: chosen } };
  await call('alerts.configure', { overrides });
}

/** Returns null for what the rules say. */
const channelsOf = ({ alertsTo, alertChannels }: AlertForm): string[] | null =>
  alertsTo === 'rules' ? null : alertsTo === 'nowhere' ? [] : [...alertChannels];
