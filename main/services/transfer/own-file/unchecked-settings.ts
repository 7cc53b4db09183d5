import { alertSettingsSchema, type AlertSettings } from '../../../contract/alerts/rules.ts';
import { machinesSchema, type Machines } from '../../../contract/machines.ts';

/** A setting of another machine as it is imported, and what a person must do before it has its full effect. */
export interface UncheckedSetting {
  readonly value: unknown;
  readonly notes: string[];
}

/**
 * Takes from a setting of another machine what would act by itself: channels of alerts, which start programs and send
 * names and errors elsewhere, and connections to machines. A person switches them on after checking them, as with tasks.
 */
export function uncheckedSetting(name: string, value: unknown): UncheckedSetting {
  if (name === 'alerts') return uncheckedAlerts(value);
  return name === 'machines' ? uncheckedMachines(value) : { value, notes: [] };
}

function uncheckedAlerts(value: unknown): UncheckedSetting {
  const { success, data } = alertSettingsSchema.safeParse(value);
  if (!success) return { value, notes: [] };
  const acting = Object.entries(data.channels).filter(
    ([, { kind, enabled }]) => kind !== 'desktop' && enabled !== false,
  );
  if (acting.length === 0) return { value, notes: [] };
  const off = Object.fromEntries(acting.map(([name, channel]) => [name, { ...channel, enabled: false }]));
  const unchecked: AlertSettings = { ...data, channels: { ...data.channels, ...off } };
  const names = acting.map(([name]) => name).join(', ');
  return {
    value: unchecked,
    notes: [`Imported from another machine and switched off: ${names}. Check it, then switch it on.`],
  };
}

function uncheckedMachines(value: unknown): UncheckedSetting {
  const { success, data } = machinesSchema.safeParse(value);
  if (!success) return { value, notes: [] };
  const notifying = Object.entries(data).filter(([, { notify }]) => notify === true);
  if (notifying.length === 0) return { value, notes: [] };
  const quiet = Object.fromEntries(notifying.map(([name, machine]) => [name, { ...machine, notify: false }]));
  const unchecked: Machines = { ...data, ...quiet };
  const names = notifying.map(([name]) => name).join(', ');
  return {
    value: unchecked,
    notes: [
      `Imported without notifications of ${names}, because the app would connect by itself. Check the host, then switch them on.`,
    ],
  };
}
