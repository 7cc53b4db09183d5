import { SlidersHorizontal } from 'lucide-react';
import type { Capability } from '../../../main/contract/desktop.ts';
import type { SettingName } from '../../../main/contract/settings.ts';
import type { Commands } from '../../commands/commands.ts';
import { text } from '../../text/en.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { synonyms } from './synonyms.ts';

const { settings, notifications, desktop, transfer, agents, secrets, attention, doubts, shellCommand, published } =
  text;

/** The sections of the settings in the order of the page, by the id of their synonyms. */
export const settingSections = {
  general: settings.general,
  notifications: notifications.title,
  alerts: text.alerts.title,
  runs: settings.runs,
  calendars: text.calendars.title,
  retention: settings.retention,
  servers: settings.servers,
  machines: text.machines.title,
  fleet: text.fleet.title,
  secrets: secrets.title,
  transfer: transfer.title,
  published: published.title,
  agents: agents.section.title,
  about: settings.about,
} as const;

type Section = keyof typeof settingSections;

/** A row of the settings: where it is, what it is called, and other words for it. */
type Row = readonly [section: Section, label: string, others?: string];

/** The row of each setting. The compiler asks for the row of a new one. */
const rowsOfSettings = {
  theme: ['general', settings.theme, 'dark mode light mode colours appearance'],
  timeFormat: ['general', text.times.timeFormat, 'clock 12 24 hours am pm'],
  firstDayOfWeek: ['general', text.times.firstDayOfWeek, 'week calendar monday sunday'],
  startAtLogin: ['general', settings.startAtLogin, 'autostart boot launch'],
  tourSeen: ['general', text.tour.setting, 'help introduction first steps onboarding'],
  quickAddShortcut: ['general', desktop.shortcut, 'keyboard hotkey global key'],
  checkForUpdates: ['general', desktop.updates, 'upgrade version new release'],
  notifyOnFailure: ['notifications', notifications.kinds.notifyOnFailure.label, 'alert error'],
  notifyOnRecovery: ['notifications', notifications.kinds.notifyOnRecovery.label, 'alert fixed'],
  notifyOnChange: ['notifications', notifications.kinds.notifyOnChange.label, 'alert monitor watch probe'],
  notifyOnPause: ['notifications', notifications.kinds.notifyOnPause.label, 'alert'],
  notifyOnMissed: ['notifications', notifications.kinds.notifyOnMissed.label, 'alert asleep'],
  notifyOnAttention: ['notifications', notifications.kinds.notifyOnAttention.label, 'alert'],
  alerts: ['alerts', text.alerts.add, 'alert webhook email slack telegram ntfy healthchecks'],
  osScheduler: ['runs', settings.osScheduler, 'systemd cron launchd task scheduler backend'],
  doubtfulRuns: ['runs', doubts.setting, 'output warning'],
  concurrencyLimit: ['runs', settings.concurrency, 'parallel concurrency limit maximum'],
  worker: ['runs', text.workers.setting, 'process shared isolation cpu memory'],
  warmWorkers: ['runs', settings.warmWorkers, 'warm workers memory speed'],
  defaultTimeout: ['runs', settings.timeout, 'timeout time limit kill'],
  lateAfterMs: ['runs', attention.late, 'alert'],
  longAfter: ['runs', attention.long, 'alert slow'],
  overdueAfterMs: ['runs', attention.overdue, 'alert'],
  credentialCheckMs: ['runs', attention.settings.credentials, 'credentials login token expired alert'],
  enableAutoCleanup: ['retention', settings.cleanup, 'clean up purge'],
  cleanupSchedule: ['retention', settings.cleanupSchedule, 'clean up purge'],
  maxExecutionAgeDays: ['retention', settings.maxAge, 'clean up history'],
  maxExecutionsPerJob: ['retention', settings.maxRuns, 'clean up history'],
  maxLogBytes: ['retention', settings.maxLogs, 'clean up disk space'],
  calendarFile: ['published', published.calendarFile, 'ical ics export outlook google'],
  calendarPastDays: ['published', published.calendarPastDays, 'ical ics history'],
  metricsFile: ['published', published.metricsFile, 'prometheus grafana monitoring textfile'],
  mcpServers: ['servers', settings.addServer, 'mcp tools'],
  agents: ['agents', agents.section.unknown, 'mcp permission default'],
  calendars: ['calendars', text.calendars.addCalendar, 'holiday public holidays day off working days weekend ics'],
  machines: ['machines', text.machines.addMachine, 'ssh remote server host --on'],
} as const satisfies Readonly<Record<SettingName, Row>>;

/** Rows that only some programs around the window show. */
const needs: Readonly<Record<string, Capability>> = {
  startAtLogin: 'desktop',
  tourSeen: 'desktop',
  quickAddShortcut: 'desktop',
  checkForUpdates: 'desktop',
  uninstall: 'desktop',
  export: 'files',
  import: 'files',
};

/** Rows that are no setting of `config.json`. */
const otherRows: Readonly<Record<string, Row>> = {
  textSize: ['general', settings.textSize, 'font zoom bigger smaller'],
  shellCommand: ['general', shellCommand.label, 'cli terminal path install ncp-scheduler'],
  export: ['transfer', transfer.exportLabel, 'backup save'],
  import: ['transfer', transfer.importLabel, 'crontab file restore'],
  importHere: ['transfer', transfer.installedLabel, 'crontab systemd launchd task scheduler migrate move'],
  report: ['about', settings.report, 'support help bug diagnostics'],
  whatsNew: ['about', text.whatsNew.open, 'release notes changelog update'],
  uninstall: ['about', text.uninstall.title, 'remove delete purge'],
};

/** Returns an entry for each section and each row of the settings. */
export function settingEntries({ navigation }: Commands): PaletteEntry[] {
  const sections = Object.entries(settingSections).map(([id, label]) => ({
    id: `section-${id}`,
    section: 'settings' as const,
    label,
    detail: text.shell.views.settings,
    synonyms: synonyms[`section-${id}`] ?? '',
    icon: <SlidersHorizontal />,
    run: () => navigation.showSetting(label),
  }));
  const rows = Object.entries<Row>({ ...rowsOfSettings, ...otherRows }).map(([id, [section, label, others = '']]) => ({
    id: `setting-${id}`,
    section: 'settings' as const,
    label,
    detail: settingSections[section],
    synonyms: others,
    icon: <SlidersHorizontal />,
    ...(needs[id] !== undefined && { needs: needs[id] }),
    run: () => navigation.showSetting(label),
  }));
  return [...sections, ...rows];
}
