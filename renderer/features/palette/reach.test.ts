import { describe, expect, test } from 'vitest';
import { settingsSchema } from '../../../main/contract/settings.ts';
import { readPasted } from '../../../main/contract/pasted-task.ts';
import { createCall } from '../../bridge/client.ts';
import { connect, settle, taskNamed, withFakeTime } from '../../testing/connected-window.ts';
import { text } from '../../text/en.ts';
import { actionEntries, viewEntries } from './action-entries.tsx';
import { creationEntry, scheduleToRead } from './creation-entry.tsx';
import { possibleEntries, rankEntries } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { recipeEntries } from './recipe-entries.tsx';
import { settingEntries, settingSections } from './setting-entries.tsx';
import { paletteTask, runEntry, taskActions, taskEntry, verbEntries } from './task-entries.tsx';

withFakeTime();

async function palette() {
  const window = await connect('typical');
  await settle();
  const { commands, stores } = window;
  const tasks = stores.schedule.getState().schedule?.tasks ?? [];
  const recent = stores.executions.getState().recent;
  const entries = [
    ...actionEntries(commands, { paused: false, waiting: 0 }),
    ...recipeEntries(commands, 'linux'),
    ...viewEntries(commands),
    ...tasks.map((task) => taskEntry(commands, task)),
    ...settingEntries(commands),
    ...recent.slice(0, 50).map((execution) => runEntry(commands, execution)),
  ];
  const find = (typed: string) =>
    rankEntries([...entries, ...verbEntries(commands, tasks.map(paletteTask), typed)], typed);
  return { ...window, entries, find };
}

/** The entry of the palette for each command, or the place where it needs something that only that place has. */
const reachable: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {
  tasks: {
    runNow: 'run-TASK',
    fixAndRun: 'at the run',
    create: 'create',
    pause: 'pause-TASK',
    resume: 'resume-TASK',
    skipNext: 'skip-TASK',
    keepNext: 'at the task',
    forgetSeen: 'in the menu of a task with a probe',
    catchUp: 'on the page of a task',
    remove: 'delete-TASK',
    backfill: 'backfill-TASK',
    reschedule: 'move-TASK',
    stopBackfill: 'at the backfill',
    chooseDirectory: 'in the editor',
    listFolders: 'in the editor',
    addCriterion: 'at the doubtful run',
    ignoreDoubts: 'at the doubtful run',
  },
  executions: {
    query: 'in the list',
    visit: 'runs-TASK',
    show: 'on the page of a task',
    clear: 'in the list',
    endVisit: 'in the list',
    saveLog: 'at the run',
    compare: 'at the run',
    open: 'RUN',
    fetchRows: 'in the list',
    cancel: 'at the run',
    rerun: 'at the run',
    rerunWith: 'at the run',
    fix: 'at the run',
    media: 'at the run',
    openResultFile: 'at the run',
    openLogFile: 'at the run',
  },
  history: {
    changesOf: 'history-TASK',
    backups: 'backups',
    restore: 'backups',
    undo: 'in the history',
    undoLast: 'undo',
    undoBatch: 'in the history',
    toastWithUndo: 'in toasts',
    legacyEntries: 'in the banner',
    replaceLegacyEntries: 'in the banner',
  },
  log: { open: 'RUN', readOn: 'at the run', followAgain: 'at the run', close: 'at the run' },
  testLog: { open: 'in the editor', readOn: 'in the editor', followAgain: 'in the editor', close: 'in the editor' },
  agents: {
    open: 'review',
    programs: 'connect',
    connect: 'connect',
    close: 'in the dialog',
    approve: 'review',
    reject: 'review',
    loadClients: 'section-agents',
    changeClient: 'section-agents',
    undoClient: 'section-agents',
    revokeClient: 'section-agents',
  },
  alerts: {
    load: 'section-alerts',
    loadSent: 'section-alerts',
    setChannel: 'setting-alerts',
    removeChannel: 'section-alerts',
    setRules: 'section-alerts',
    setDigest: 'section-alerts',
    test: 'section-alerts',
    retry: 'section-alerts',
  },
  missed: {
    load: 'at the start',
    ran: 'at a change',
    run: 'on the overview',
    dismiss: 'on the overview',
  },
  navigation: {
    go: 'view-overview',
    openEditor: 'new-task',
    openTask: 'task-TASK',
    showSetting: 'section-general',
    settingShown: 'in the settings',
    openHistory: 'history-TASK',
    closeHistory: 'in the dialog',
    closeEditor: 'in the editor',
    askToMove: 'move-TASK',
    askToBackfill: 'backfill-TASK',
    askToPause: 'pause-until-TASK',
    setEntries: 'entries',
    setShortcuts: 'shortcuts',
    setPalette: 'the palette',
    setQuickAdd: 'quick-add',
    setConnect: 'connect',
    follow: 'from outside the window',
  },
  recipes: { open: 'recipes', close: 'in the dialog', create: 'recipe-restic-backup', edit: 'recipe-restic-backup' },
  schedule: { pauseAll: 'pause-all', resumeAll: 'resume-all' },
  settings: {
    change: 'section-general',
    report: 'report',
    cleanUp: 'clean-up',
    loadTools: 'tools',
    previewUninstall: 'setting-uninstall',
    uninstall: 'setting-uninstall',
    installUpdate: 'setting-checkForUpdates',
    load: 'at the start',
    take: 'at a change',
  },
  shellCommand: { state: 'setting-shellCommand', install: 'setting-shellCommand', remove: 'setting-shellCommand' },
  transfer: {
    exportAll: 'export',
    open: 'setting-import',
    preview: 'setting-import',
    apply: 'setting-import',
    showImported: 'after an import',
    found: 'in a window without tasks',
  },
  // Acts on chosen tasks, and how the list is arranged: the list has both.
  bulk: 'in the list of tasks',
  figures: 'in the list of tasks',
  others: { load: 'view-others', loadOnce: 'view-others' },
  list: 'in the list of tasks',
  doctor: { check: 'check', fix: 'fix' },
  tour: { start: 'tour', offer: 'at the start', go: 'in the tour', end: 'in the tour' },
  calendars: {
    load: 'section-calendars',
    add: 'section-calendars',
    refresh: 'section-calendars',
    remove: 'section-calendars',
    choices: 'section-calendars',
  },
  keptServers: { load: 'section-servers', end: 'section-servers' },
  signIns: {
    load: 'section-servers',
    signIn: 'section-servers',
    complete: 'section-servers',
    cancel: 'section-servers',
    signOut: 'section-servers',
  },
  fleet: {
    load: 'section-fleet',
    init: 'section-fleet',
    look: 'section-fleet',
    join: 'section-fleet',
    leave: 'section-fleet',
    accept: 'section-fleet',
    withdraw: 'section-fleet',
    drain: 'section-fleet',
    remove: 'section-fleet',
    runs: 'in the list',
    readLog: 'in the list',
    share: 'in the editor',
    unshare: 'in the editor',
  },
  secrets: { load: 'section-secrets', set: 'section-secrets', remove: 'section-secrets' },
};

describe('everything is found', () => {
  test('each command has an entry, or a place that has what it needs', async () => {
    const window = await palette();
    const task = taskNamed(window, 'Ping the shop');
    const run = window.entries.find(({ section }) => section === 'runs')?.id;
    const all = [
      ...window.entries,
      ...actionEntries(window.commands, { paused: true, waiting: 1 }),
      ...taskActions(window.commands, task),
      ...taskActions(window.commands, { ...task, status: 'paused' }),
    ];
    const known = new Set([...all.map(({ id }) => id), 'create']);
    for (const [noun, commands] of Object.entries(window.commands)) {
      for (const verb of Object.keys(commands as object)) {
        const places = reachable[noun];
        const place = typeof places === 'string' ? places : places?.[verb];
        expect(
          place,
          `${noun}.${verb} is not in the table: give it an entry in the palette, or say where it is`,
        ).toBeDefined();
        const isEntry = /^(?:[a-z]+(?:-\S+)?|RUN)$/.test(place ?? '');
        const id = (place ?? '').replace('TASK', task.id).replace(/^RUN$/, run ?? '');
        if (isEntry) expect(known, `${noun}.${verb}`).toContain(id);
      }
    }
  });

  test('each section and each setting is found by its name', async () => {
    const { find, entries } = await palette();
    for (const label of Object.values(settingSections))
      expect(find(label).map((entry) => entry.label)).toContain(label);
    const ids = new Set(entries.map(({ id }) => id));
    for (const name of Object.keys(settingsSchema.shape)) expect(ids).toContain(`setting-${name}`);
    for (const { label, section } of entries)
      if (section === 'settings') expect(find(label).map((entry) => entry.label)).toContain(label);
  });

  test.each([
    ['import', text.transfer.title],
    ['export', text.palette.exportAll],
    ['secret', text.secrets.title],
    ['MCP', text.settings.servers],
    ['agent', text.agents.section.title],
    ['claude', text.agents.section.title],
    ['cursor', text.connectAgent.button],
    ['backup', text.palette.backups],
    ['history', text.shell.views.executions],
    ['shortcut', text.desktop.shortcut],
    ['help', text.palette.check],
    ['doctor', text.palette.check],
    ['quit', text.settings.general],
    ['recipe', text.recipes.title],
    ['certificates', 'Renew certificates with certbot'],
    ['clean up', text.settings.retention],
    ['slower', text.shell.views.insights],
    ['dark', text.palette.theme('Dark')],
    ['timeout', text.settings.timeout],
    ['token', text.secrets.title],
    ['notificatons', text.notifications.title],
  ])('%s', async (typed, label) => {
    const { find } = await palette();
    expect(find(typed).map((entry) => entry.label)).toContain(label);
  });
});

test.each([
  ['a browser', ['files', 'change'], ['setting-quickAddShortcut', 'setting-checkForUpdates', 'setting-startAtLogin']],
  ['another machine', ['change'], ['export', 'setting-export', 'setting-import', 'setting-tourSeen']],
] as const)('what %s cannot do is not offered', async (_place, capabilities, hidden) => {
  const { entries } = await palette();
  const idsOf = (can: Parameters<typeof possibleEntries>[1]) => possibleEntries(entries, can).map(({ id }) => id);
  expect(idsOf(['dialogs', 'files', 'desktop', 'machines', 'change'])).toEqual(expect.arrayContaining([...hidden]));
  expect(idsOf(capabilities)).not.toEqual(expect.arrayContaining([expect.toBeOneOf([...hidden])]));
  expect(idsOf(capabilities)).toEqual(expect.arrayContaining(['new-task', 'setting-theme']));
});

test('a task has one row; a verb and its name find the action', async () => {
  const { find, entries } = await palette();
  expect(entries.filter(({ label }) => label === 'Ping the shop')).toHaveLength(1);
  expect(find('ping shop')[0]?.label).toBe('Ping the shop');
  expect(find('run ping shop')[0]?.label).toBe('Run “Ping the shop” now');
});

describe('a typed or pasted task', () => {
  const at = async (line: string) => {
    const window = await connect('typical');
    await settle();
    const pasted = readPasted(line);
    const schedule = scheduleToRead(pasted);
    const answer = schedule === '' ? null : await createCall(window.bridge)('schedule.parse', { phrase: schedule });
    const entry = creationEntry(window.commands, pasted, { answer, refusal: null, isStale: false }, line);
    return { ...window, entry: entry as PaletteEntry };
  };

  test('is created by Enter, with a preview before', async () => {
    const { entry, stores } = await at('every hour: echo hi');
    expect(entry.label).toBe('Create task: every hour: echo hi');
    expect(entry.detail).toMatch(/Name: echo hi\nEvery hour\nNext: /);
    entry.run();
    await settle();
    expect(stores.schedule.getState().schedule?.tasks.map(({ name }) => name)).toContain('echo hi');
  });

  test.each([
    ['a URL', 'https://a.test/', { tool: 'http:request', parameters: { url: 'https://a.test/' } }],
    ['a cURL command', 'curl -I https://a.test/', { parameters: { url: 'https://a.test/', method: 'HEAD' } }],
    ['a schedule', 'every hour', { schedule: 'every hour' }],
    ['a line of a crontab that cannot be kept whole', 'MAILTO=a\n@daily b', { schedule: '@daily' }],
  ])('%s fills the editor', async (_, line, sketch) => {
    const { entry, stores } = await at(line);
    entry.run();
    expect(stores.navigation.getState().editor).toMatchObject({ kind: 'new', sketch });
  });

  test('is not made of an ordinary search', async () => {
    expect((await at('ping')).entry).toBeNull();
  });
});
