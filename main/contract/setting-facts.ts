import type { SettingName } from './settings.ts';

interface SettingFacts {
  /**
   * Whether an import takes it over. `machine`: no, because each machine needs its own value. `rights`: no, because a file must
   * not give rights. What acts by itself, such as an alert, is imported switched off (uncheckedSetting in services/transfer).
   */
  readonly imported: 'yes' | 'machine' | 'rights';
  /** Whether the report for support shows it. Never a setting with fields that this version may not know: they can hold a secret. */
  readonly reported: boolean;
}

/** What leaves this machine, or comes in from another, with each setting. In the order of the report. */
export const settingFacts: Readonly<Record<SettingName, SettingFacts>> = {
  maxExecutionsPerJob: { imported: 'yes', reported: true },
  maxExecutionAgeDays: { imported: 'yes', reported: true },
  cleanupSchedule: { imported: 'yes', reported: true },
  enableAutoCleanup: { imported: 'yes', reported: true },
  defaultTimeout: { imported: 'yes', reported: true },
  doubtfulRuns: { imported: 'yes', reported: true },
  worker: { imported: 'yes', reported: true },
  maxLogBytes: { imported: 'yes', reported: true },
  lateAfterMs: { imported: 'yes', reported: true },
  longAfter: { imported: 'yes', reported: false },
  overdueAfterMs: { imported: 'yes', reported: true },
  credentialCheckMs: { imported: 'yes', reported: true },
  concurrencyLimit: { imported: 'yes', reported: true },
  warmWorkers: { imported: 'yes', reported: true },
  osScheduler: { imported: 'machine', reported: true },
  notifyOnFailure: { imported: 'yes', reported: true },
  notifyOnRecovery: { imported: 'yes', reported: true },
  notifyOnChange: { imported: 'yes', reported: true },
  notifyOnPause: { imported: 'yes', reported: true },
  notifyOnMissed: { imported: 'yes', reported: true },
  notifyOnAttention: { imported: 'yes', reported: true },
  metricsFile: { imported: 'machine', reported: true },
  calendarFile: { imported: 'machine', reported: true },
  calendarPastDays: { imported: 'yes', reported: true },
  quickAddShortcut: { imported: 'yes', reported: true },
  checkForUpdates: { imported: 'yes', reported: true },
  startAtLogin: { imported: 'machine', reported: true },
  tourSeen: { imported: 'yes', reported: true },
  theme: { imported: 'yes', reported: true },
  timeFormat: { imported: 'yes', reported: true },
  firstDayOfWeek: { imported: 'yes', reported: true },
  mcpServers: { imported: 'yes', reported: false },
  machines: { imported: 'yes', reported: false },
  calendars: { imported: 'yes', reported: false },
  agents: { imported: 'rights', reported: false },
  alerts: { imported: 'yes', reported: false },
};
