// Takes screenshots of every view of the window in a plain Chromium. The product behind the window runs in memory.
//   node scripts/renderer-screenshots.mjs [--out DIR] [--only NAME,NAME…] [--theme light|dark] [--phone]
//   --phone takes them all at the size of a phone, and fails for one in which something is cut off at the side
//   node scripts/renderer-screenshots.mjs --pages    takes every page: empty, typical, full, with errors, with names in other
//                                                    scripts, 720 px wide and at 200 %. `--only` chooses pages or ways
//   node scripts/renderer-screenshots.mjs --readme   takes the pictures of the README into docs/images
// Needs Chromium: set CHROMIUM=/path, or install Debian's (apt-get install chromium).
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { headings, pages, ways } from './screenshots/pages.mjs';

const root = resolve(import.meta.dirname, '..');
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'test-results/screenshots' },
    only: { type: 'string', default: '' },
    theme: { type: 'string' },
    readme: { type: 'boolean', default: false },
    pages: { type: 'boolean', default: false },
    phone: { type: 'boolean', default: false },
  },
});
if (options.readme) Object.assign(options, { out: 'docs/images', only: 'readme-', theme: 'light' });
const out = resolve(root, options.out);
mkdirSync(out, { recursive: true });

const start = '2026-11-25T10:41:20.000Z';
const cache = resolve(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });

/**
 * Bundles the product behind the window and loads it into this process.
 * @returns {Promise<typeof import('../main/testing/memory-window/pictured-window.ts')>}
 */
async function buildProduct() {
  // The bundle finds native modules only if it is below `node_modules`.
  const outDir = mkdtempSync(join(cache, 'pictured-window-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: { product: resolve(root, 'main/testing/memory-window/pictured-window.ts') },
        external: ['@photostructure/sqlite'],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  // Kept until the process exits, because chunks are loaded on first use.
  process.once('exit', () => rmSync(outDir, { recursive: true }));
  return import(pathToFileURL(join(outDir, 'product.mjs')).href);
}

async function buildRenderer() {
  const outDir = join(cache, 'renderer-screenshots');
  /** @type {import('vite').InlineConfig} */
  const config = {
    root: resolve(root, 'renderer'),
    configFile: false,
    plugins: [react()],
    logLevel: 'warn',
    base: './',
  };
  await build({ ...config, build: { outDir, emptyOutDir: true } });
  return preview({ ...config, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
}

/** @typedef {import('playwright').Page} Page */

/** The page's side of the bridge, with the same API as the preload. `connect` provides `callProduct`. */
const textBridge = `
  const listeners = new Map();
  globalThis.tellPage = (name, payload) => listeners.get(name)?.forEach((listener) => listener(payload));
  globalThis.ncpScheduler = {
    call: (name, input) => globalThis.callProduct(name, input),
    on: (name, listener) => {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
      return () => listeners.get(name).delete(listener);
    },
  };
`;

/**
 * @typedef {object} Shot
 * @property {string} name
 * @property {import('../main/testing/memory-window/scenarios.ts').Scenario[]} scenarios
 * @property {string} hash
 * @property {{ width: number, height: number }} [size]
 * @property {(page: Page) => Promise<unknown>} [act]
 */

/**
 * @param {Parameters<Page['getByRole']>[0]} role
 * @param {string} name
 * @returns {(page: Page) => Promise<void>}
 */
const click = (role, name) => (page) => page.getByRole(role, { name, exact: true }).first().click();

/** @param {Page} page */
async function openEditor(page) {
  await click('button', 'New task')(page);
  await page.getByLabel('Name', { exact: true }).fill('Back up the photos');
}

/**
 * Opens an agent's proposal.
 * @param {number} rejected How many earlier proposals to reject first.
 * @returns {(page: Page) => Promise<void>}
 */
const openProposal = (rejected) => async (page) => {
  await click('button', 'Review')(page);
  for (let n = 0; n < rejected; n += 1) {
    const title = await page.getByRole('dialog').getByRole('heading', { level: 3 }).textContent();
    await click('button', 'Reject')(page);
    await page
      .getByRole('dialog')
      .getByRole('heading', { level: 3, name: title ?? '' })
      .waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  await page.waitForTimeout(300);
};

/** @param {Page} page */
async function openFailedLog(page) {
  await page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click();
  await page.getByRole('region', { name: 'Log' }).getByText('shop-3', { exact: false }).first().waitFor();
}

/**
 * Opens the page of a task, and one of its tabs.
 * @param {string} name
 * @param {string} [tab]
 * @returns {(page: Page) => Promise<void>}
 */
const openTask = (name, tab) => async (page) => {
  await page.getByRole('row', { name, exact: true }).first().press('Enter');
  await page.getByRole('region', { name: 'Figures' }).waitFor();
  if (tab !== undefined) await page.getByRole('tab', { name: tab }).click();
  await page.waitForTimeout(300);
};

/**
 * Types a schedule into the editor of a new task.
 * @param {string} phrase
 * @returns {(page: Page) => Promise<void>}
 */
const typeSchedule = (phrase) => async (page) => {
  await openEditor(page);
  await page.getByLabel('Schedule', { exact: true }).fill(phrase);
  await page.waitForTimeout(300);
};

/**
 * Opens a task in the editor, and a section of it.
 * @param {string} name
 * @param {string} section
 * @returns {(page: Page) => Promise<void>}
 */
const editTask = (name, section) => async (page) => {
  await click('button', `More actions for ${name}`)(page);
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const heading = page.getByRole('dialog').getByRole('button', { name: section });
  if ((await heading.getAttribute('aria-expanded')) !== 'true') await heading.click();
  await heading.evaluate((element) => element.scrollIntoView());
  await page.waitForTimeout(300);
};

/**
 * Opens the latest run of a task in the list of runs.
 * @param {string} name
 * @returns {(page: Page) => Promise<void>}
 */
const openRun = (name) => async (page) => {
  await page.getByRole('link', { name, exact: true }).first().click();
  await page.getByRole('region', { name: 'Log' }).waitFor();
  await page.waitForTimeout(300);
};

/**
 * Shows a section of the settings.
 * @param {string} name
 * @returns {(page: Page) => Promise<void>}
 */
const showSection = (name) => async (page) => {
  await page.getByRole('region', { name, exact: true }).evaluate((element) => element.scrollIntoView());
  await page.waitForTimeout(300);
};

/**
 * Chooses what to add in the settings under Calendars.
 * @param {'Dates' | 'Calendar file (.ics)'} kind
 * @returns {(page: Page) => Promise<void>}
 */
const chooseCalendar = (kind) => async (page) => {
  const form = page.getByRole('form', { name: 'Add a calendar' });
  await form.getByLabel('Days', { exact: true }).selectOption(kind);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await form.evaluate((element) => element.scrollIntoView({ block: 'center' }));
};

/** @param {Page} page */
async function openDigest(page) {
  await click('button', 'Edit the digest')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().selectOption('week');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
}

/** @param {Page} page */
async function openRecipe(page) {
  await click('button', 'Start from a recipe')(page);
  await click('button', 'Back up a folder with restic')(page);
  await page.getByLabel('Folder', { exact: true }).fill('~/My photos');
  await page.getByText('Every day at 2:00').waitFor();
}

const phone = { width: 360, height: 740 };

/**
 * Types a webhook into the dialog for a new alert channel, and tests it.
 * @param {Page} page
 */
async function typeChannel(page) {
  await click('button', 'Add a channel')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Service', { exact: true }).selectOption('slack');
  await dialog.getByLabel('Name', { exact: true }).fill('ops');
  await dialog.getByLabel('Address', { exact: true }).fill('https://hooks.slack.com/services/T0/B0/x');
  await dialog.getByRole('button', { name: 'Send a test', exact: true }).click();
  await dialog.getByRole('status').getByText('ok', { exact: false }).waitFor();
}

/** @param {Page} page */
async function showAlerts(page) {
  await page.getByRole('region', { name: 'Alerts', exact: true }).scrollIntoViewIfNeeded();
  await page.waitForTimeout(300);
}

/** @param {Page} page */
async function addChannel(page) {
  await typeChannel(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Edit rule 1', exact: true }).waitFor();
  await showAlerts(page);
}

/**
 * The screenshots: scenarios, an address, and what a person does there.
 * @type {Shot[]}
 */
const shots = [
  { name: 'overview', scenarios: ['empty', 'typical', 'full', 'error'], hash: '#/overview' },
  {
    name: 'fleet-runs',
    scenarios: ['fleet'],
    hash: '#/executions',
    act: async (page) => {
      await page.getByRole('radio', { name: 'All members' }).click();
      await page.getByRole('table', { name: 'Runs of all members' }).waitFor();
    },
  },
  { name: 'fleet', scenarios: ['typical', 'fleet'], hash: '#/settings', act: showSection('Fleet') },
  {
    name: 'fleet-editor',
    scenarios: ['fleet'],
    hash: '#/groups',
    act: editTask('Back up photos', 'Retries and failures'),
  },
  { name: 'groups', scenarios: ['empty', 'typical', 'full', 'error'], hash: '#/groups' },
  { name: 'executions', scenarios: ['empty', 'typical', 'full', 'error'], hash: '#/executions' },
  {
    name: 'list-flat',
    scenarios: ['typical', 'full'],
    hash: '#/groups',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Arrange tasks' }).selectOption('none');
      await page.getByRole('columnheader', { name: 'Status' }).getByRole('button').click();
      await page.getByRole('columnheader', { name: 'Status', exact: true }).and(page.locator('[aria-sort]')).waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'list-tags',
    scenarios: ['full'],
    hash: '#/groups',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Arrange tasks' }).selectOption('tag');
      await page.getByRole('main').getByRole('button', { name: 'Status' }).first().click();
      await click('menuitem', 'Active')(page);
      await page.getByRole('searchbox', { name: 'Search tasks' }).fill('back');
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'list-peek',
    scenarios: ['typical'],
    hash: '#/groups',
    size: { width: 1440, height: 900 },
    act: async (page) => {
      await page.getByRole('row', { name: 'Back up photos', exact: true }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press(' ');
      await page.getByRole('complementary', { name: /^Details of/ }).waitFor();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'list-selection',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      for (const name of ['Back up photos', 'Ping the shop']) await click('checkbox', `Select ${name}`)(page);
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'list-narrow',
    scenarios: ['typical'],
    hash: '#/groups',
    size: { width: 720, height: 560 },
    act: async (page) => {
      for (const name of ['Back up photos', 'Ping the shop']) await click('checkbox', `Select ${name}`)(page);
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'shortcuts',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'timeline', scenarios: ['empty', 'typical', 'full'], hash: '#/timeline' },
  { name: 'timeline-chains', scenarios: ['doubtful'], hash: '#/timeline' },
  { name: 'insights', scenarios: ['empty', 'unusual', 'full', 'error'], hash: '#/insights' },
  { name: 'chains', scenarios: ['unusual'], hash: '#/groups' },
  { name: 'task-page-chain', scenarios: ['unusual'], hash: '#/groups', act: openTask('Transcode videos') },
  { name: 'insights-narrow', scenarios: ['unusual'], hash: '#/insights', size: { width: 720, height: 500 } },
  { name: 'activity', scenarios: ['empty', 'typical', 'full', 'error'], hash: '#/activity' },
  { name: 'activity-narrow', scenarios: ['typical'], hash: '#/activity', size: { width: 720, height: 500 } },
  {
    name: 'history',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await click('button', 'More actions for Back up photos')(page);
      await page.getByRole('menuitem', { name: 'History…' }).click();
      await page.getByRole('dialog').getByRole('list').first().waitFor();
    },
  },
  {
    name: 'backups',
    scenarios: ['error'],
    hash: '#/groups',
    act: async (page) => {
      await click('button', 'Backups…')(page);
      await page.getByText('schedule.json.backup-3').waitFor();
    },
  },
  { name: 'task-page', scenarios: ['typical'], hash: '#/groups', act: openTask('Deploy staging') },
  { name: 'task-page-many', scenarios: ['full'], hash: '#/groups', act: openTask('Ping the shop') },
  { name: 'task-page-error', scenarios: ['error'], hash: '#/groups', act: openTask('Sync music library') },
  { name: 'task-page-doubtful', scenarios: ['doubtful'], hash: '#/groups', act: openTask('Deploy staging', 'Log') },
  {
    name: 'task-page-paused',
    scenarios: ['typical'],
    hash: '#/groups',
    act: openTask('Sync music library', 'History'),
  },
  {
    name: 'task-page-environment',
    scenarios: ['typical'],
    hash: '#/groups',
    act: openTask('Deploy staging', 'Environment'),
  },
  {
    name: 'task-page-why',
    scenarios: ['missed'],
    hash: '#/groups',
    act: async (page) => {
      await openTask('Deploy staging', 'Schedule')(page);
      await page.getByRole('tabpanel').getByRole('listitem').getByRole('button').last().click();
      await page.getByRole('button', { name: 'Run missed slots…' }).waitFor();
    },
  },
  {
    name: 'task-page-narrow',
    scenarios: ['typical'],
    hash: '#/groups',
    size: { width: 720, height: 640 },
    act: openTask('Deploy staging'),
  },
  {
    name: 'group-page',
    scenarios: ['missed', 'full'],
    hash: '#/groups',
    act: async (page) => {
      await page.getByRole('button', { name: /^More/ }).first().click();
      await page.getByRole('menuitem', { name: 'Open the page of the group' }).click();
      await page.getByRole('main').getByRole('link').first().waitFor();
    },
  },
  { name: 'task-page-gone', scenarios: ['empty'], hash: '#/tasks/gone' },
  { name: 'proposal', scenarios: ['error'], hash: '#/groups', act: openProposal(0) },
  { name: 'proposal-changed', scenarios: ['error'], hash: '#/groups', act: openProposal(1) },
  { name: 'proposal-long', scenarios: ['full'], hash: '#/groups', act: openProposal(0) },
  { name: 'proposal-run', scenarios: ['full'], hash: '#/groups', act: openProposal(1) },
  { name: 'proposal-delete', scenarios: ['full'], hash: '#/groups', act: openProposal(2) },
  { name: 'moving-in', scenarios: ['newcomer'], hash: '#/overview' },
  { name: 'others', scenarios: ['empty', 'newcomer', 'full'], hash: '#/others' },
  { name: 'others-narrow', scenarios: ['newcomer'], hash: '#/others', size: { width: 720, height: 500 } },
  {
    name: 'others-details',
    scenarios: ['newcomer'],
    hash: '#/others',
    act: async (page) => {
      await click('button', 'Sync music library')(page);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'others-move',
    scenarios: ['newcomer'],
    hash: '#/others',
    act: async (page) => {
      await click('button', 'Rotate certificates')(page);
      await click('button', 'Move it in…')(page);
      await page.getByRole('dialog').getByRole('switch').waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'moving-review',
    scenarios: ['newcomer'],
    hash: '#/overview',
    act: async (page) => {
      await page.getByRole('button', { name: /^Review/ }).click();
      await page.getByRole('dialog').getByRole('switch').waitFor();
    },
  },
  { name: 'missed-overview', scenarios: ['missed'], hash: '#/overview' },
  {
    name: 'missed-narrow',
    scenarios: ['missed'],
    hash: '#/overview',
    size: { width: 720, height: 900 },
  },
  { name: 'tour', scenarios: ['first-start'], hash: '#/overview' },
  {
    name: 'tour-narrow',
    scenarios: ['first-start'],
    hash: '#/overview',
    size: { width: 720, height: 560 },
    act: click('button', 'Next'),
  },
  { name: 'recipes', scenarios: ['empty'], hash: '#/overview', act: click('button', 'Start from a recipe') },
  { name: 'recipe', scenarios: ['empty'], hash: '#/overview', act: openRecipe },
  {
    name: 'recipe-narrow',
    scenarios: ['empty'],
    hash: '#/overview',
    size: { width: 720, height: 560 },
    act: openRecipe,
  },
  {
    name: 'recipe-errors',
    scenarios: ['empty'],
    hash: '#/overview',
    act: async (page) => {
      await openRecipe(page);
      await page.getByLabel('Repository', { exact: true }).fill('backup');
      await click('button', 'Create')(page);
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'settings', scenarios: ['typical'], hash: '#/settings' },
  { name: 'alerts-overview', scenarios: ['alerts'], hash: '#/overview' },
  {
    name: 'alerts-narrow',
    scenarios: ['alerts'],
    hash: '#/settings',
    act: showAlerts,
    size: { width: 720, height: 560 },
  },
  { name: 'alerts', scenarios: ['empty', 'error', 'alerts'], hash: '#/settings', act: showAlerts },
  { name: 'alerts-dialog', scenarios: ['typical'], hash: '#/settings', act: typeChannel },
  { name: 'alerts-channel', scenarios: ['typical'], hash: '#/settings', act: addChannel },
  {
    name: 'alerts-rule',
    scenarios: ['alerts'],
    hash: '#/settings',
    act: async (page) => {
      await click('button', 'Edit rule 2')(page);
    },
  },
  {
    name: 'alerts-sent',
    scenarios: ['alerts', 'empty'],
    hash: '#/settings',
    act: async (page) => {
      await click('button', 'Sent alerts')(page);
      await page.waitForTimeout(300);
    },
  },
  { name: 'digest-dialog', scenarios: ['alerts'], hash: '#/settings', act: openDigest },
  { name: 'digest-small', scenarios: ['alerts'], hash: '#/settings', size: phone, act: openDigest },
  { name: 'sent-small', scenarios: ['alerts'], hash: '#/settings', size: phone, act: click('button', 'Sent alerts') },
  {
    name: 'editor-probe',
    scenarios: ['alerts'],
    hash: '#/groups',
    size: { width: 1180, height: 1100 },
    act: async (page) => {
      await editTask('Deploy staging', 'Run only after a change')(page);
      await page.getByRole('combobox', { name: 'When the task is due' }).selectOption('command');
      await page.getByLabel('Command or web address').fill('git ls-remote origin refs/heads/main');
    },
  },
  { name: 'editor-alerts', scenarios: ['alerts'], hash: '#/groups', act: editTask('Deploy staging', 'Alerts') },
  { name: 'servers', scenarios: ['sign-ins', 'empty'], hash: '#/settings', act: showSection('MCP servers') },
  { name: 'servers-small', scenarios: ['sign-ins'], hash: '#/settings', size: phone, act: showSection('MCP servers') },
  { name: 'sign-in-run', scenarios: ['sign-ins'], hash: '#/executions', act: openRun('Weekly notes') },
  {
    name: 'sign-in-run-small',
    scenarios: ['sign-ins'],
    hash: '#/overview',
    size: phone,
    act: (page) => page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click(),
  },
  { name: 'calendars', scenarios: ['calendars', 'empty'], hash: '#/settings', act: showSection('Calendars') },
  { name: 'calendars-small', scenarios: ['calendars'], hash: '#/settings', size: phone, act: showSection('Calendars') },
  { name: 'calendar-dates', scenarios: ['calendars'], hash: '#/settings', act: chooseCalendar('Dates') },
  { name: 'calendar-file', scenarios: ['empty'], hash: '#/settings', act: chooseCalendar('Calendar file (.ics)') },
  { name: 'days-off', scenarios: ['calendars'], hash: '#/groups', act: editTask('Deploy staging', 'Days off') },
  { name: 'days-off-none', scenarios: ['typical'], hash: '#/groups', act: editTask('Deploy staging', 'Days off') },
  { name: 'on-demand', scenarios: ['on-demand'], hash: '#/groups' },
  { name: 'on-demand-small', scenarios: ['on-demand'], hash: '#/groups', size: phone },
  { name: 'on-demand-task', scenarios: ['on-demand'], hash: '#/groups', act: openTask('Restore the last backup') },
  {
    name: 'on-demand-schedule',
    scenarios: ['on-demand'],
    hash: '#/groups',
    act: openTask('Restore the last backup', 'Schedule'),
  },
  { name: 'on-demand-new', scenarios: ['on-demand'], hash: '#/groups', act: openTask('Reset the test database') },
  {
    name: 'on-demand-group',
    scenarios: ['on-demand'],
    hash: '#/groups',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^More.*[Oo]n demand/ })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Open the page of the group' }).click();
      await page.waitForTimeout(300);
    },
  },
  { name: 'on-demand-editor', scenarios: ['typical'], hash: '#/groups', act: typeSchedule('on demand') },
  {
    name: 'on-demand-builder',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await click('button', 'Pick from a form')(page);
      await page.getByRole('radio', { name: 'On demand' }).click();
    },
  },
  {
    name: 'event-builder',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await click('button', 'Pick from a form')(page);
      await page.getByRole('radio', { name: 'On an event' }).click();
    },
  },
  { name: 'event-schedule', scenarios: ['typical'], hash: '#/groups', act: typeSchedule('at login or on wake') },
  { name: 'event-groups', scenarios: ['events'], hash: '#/groups' },
  { name: 'event-task', scenarios: ['events'], hash: '#/groups', act: openTask('Mount the archive') },
  { name: 'budget-task', scenarios: ['events'], hash: '#/groups', act: openTask('Summarise the inbox') },
  { name: 'budget-field', scenarios: ['events'], hash: '#/groups', act: editTask('Summarise the inbox', 'Limits') },
  { name: 'ledger-trouble', scenarios: ['events'], hash: '#/overview' },
  { name: 'ledger-trouble-narrow', scenarios: ['events'], hash: '#/overview', size: { width: 720, height: 500 } },
  {
    name: 'phrase-workday',
    scenarios: ['typical'],
    hash: '#/groups',
    act: typeSchedule('last working day of the month'),
  },
  { name: 'phrase-friday', scenarios: ['typical'], hash: '#/groups', act: typeSchedule('every friday the 13th') },
  {
    name: 'phrase-rule',
    scenarios: ['typical'],
    hash: '#/groups',
    act: typeSchedule('RRULE:FREQ=MONTHLY;BYDAY=2TU,4TU;BYHOUR=9;BYMINUTE=0'),
  },
  {
    name: 'phrase-small',
    scenarios: ['typical'],
    hash: '#/groups',
    size: phone,
    act: typeSchedule('RRULE:FREQ=MONTHLY;BYDAY=2TU,4TU;BYHOUR=9;BYMINUTE=0'),
  },
  { name: 'agent-answer', scenarios: ['agents'], hash: '#/executions', act: openRun('Review the open issues') },
  { name: 'agent-permission', scenarios: ['agents'], hash: '#/executions', act: openRun('Update the dependencies') },
  { name: 'agent-signed-out', scenarios: ['agents'], hash: '#/executions', act: openRun('Write the changelog') },
  {
    name: 'agent-small',
    scenarios: ['agents'],
    hash: '#/overview',
    size: phone,
    act: (page) => page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click(),
  },
  {
    name: 'agent-editor',
    scenarios: ['agents'],
    hash: '#/groups',
    size: { width: 1180, height: 1300 },
    act: editTask('Review the open issues', 'Days off'),
  },
  {
    name: 'agent-form',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByRole('combobox', { name: 'Tool' }).fill('agent');
      await page.getByRole('option', { name: 'agent:run' }).click();
      await click('button', 'Save')(page);
    },
  },
  {
    name: 'quick-add-machine',
    scenarios: ['machines'],
    hash: '#quick-add',
    size: { width: 640, height: 210 },
    act: async (page) => {
      await page.getByLabel('What and when').fill('every weekday at 9am: curl -fsS https://example.org/ping');
      await page.getByRole('combobox', { name: 'Machine' }).selectOption('web');
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'phone-failure',
    scenarios: ['typical'],
    hash: '#/overview',
    size: phone,
    act: (page) => page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click(),
  },
  { name: 'import', scenarios: ['typical'], hash: '#/settings', act: click('button', 'Import tasks') },
  {
    name: 'failed-run',
    scenarios: ['typical'],
    hash: '#/overview',
    act: async (page) => {
      await page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click();
      await page.getByRole('region', { name: 'Log' }).getByText('ECONNREFUSED').waitFor();
    },
  },
  {
    name: 'log-folds',
    scenarios: ['logs'],
    hash: '#/overview',
    act: async (page) => {
      await openFailedLog(page);
      await click('button', 'Show the 3 lines of Check 3 hosts')(page);
      await click('button', 'Show as a tree of lines')(page);
    },
  },
  {
    name: 'log-filter',
    scenarios: ['logs'],
    hash: '#/overview',
    size: { width: 720, height: 560 },
    act: async (page) => {
      await openFailedLog(page);
      await page.getByRole('combobox', { name: 'Show', exact: true }).selectOption('errors');
    },
  },
  {
    name: 'log-link',
    scenarios: ['logs'],
    hash: '#/overview',
    act: async (page) => {
      await openFailedLog(page);
      await page.getByRole('link', { name: 'https://ci.example.org/reports/813' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'log-comparison',
    scenarios: ['logs'],
    hash: '#/overview',
    act: async (page) => {
      await openFailedLog(page);
      await click('button', 'New since last good run')(page);
      await page.getByText('new lines', { exact: false }).waitFor();
    },
  },
  { name: 'doubtful-overview', scenarios: ['doubtful'], hash: '#/overview' },
  { name: 'doubtful-runs', scenarios: ['doubtful'], hash: '#/executions' },
  { name: 'doubtful-timeline', scenarios: ['doubtful'], hash: '#/timeline' },
  {
    name: 'doubtful-run',
    scenarios: ['doubtful'],
    hash: '#/overview',
    act: async (page) => {
      await page.getByRole('region', { name: 'Doubtful' }).getByRole('link').first().click();
      await page.getByRole('region', { name: 'Log' }).getByText('Dumping').waitFor();
    },
  },
  {
    name: 'doubt-counted',
    scenarios: ['doubtful'],
    hash: '#/overview',
    act: async (page) => {
      await page.getByRole('region', { name: 'Doubtful' }).getByRole('link').first().click();
      await click('button', 'Count this as a failure from now on')(page);
      await page.getByText('Such a run is a failure').waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'follow-up-task',
    scenarios: ['doubtful'],
    hash: '#/groups',
    act: async (page) => {
      await click('button', 'More actions for Ping the shop')(page);
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await page.getByRole('group', { name: 'Deploy staging' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'running-run',
    scenarios: ['typical'],
    hash: '#/overview',
    act: (page) => page.getByRole('region', { name: 'Running now' }).getByRole('link').first().click(),
  },
  {
    name: 'log-search',
    scenarios: ['typical'],
    hash: '#/overview',
    act: async (page) => {
      await page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click();
      await page.getByLabel('Search log').fill('upload');
    },
  },
  {
    name: 'new-task',
    scenarios: ['empty', 'typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Schedule', { exact: true }).fill('every 45 minutes on weekdays in Tokyo');
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'new-task-good',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Schedule', { exact: true }).fill('every weekday at 9am in Tokyo');
      await page.getByLabel('Command', { exact: true }).fill('rsync -a ~/Pictures /mnt/backup');
      await page.getByRole('list', { name: 'Next runs' }).waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'new-task-errors',
    scenarios: ['error'],
    hash: '#/groups',
    act: async (page) => {
      await click('button', 'New task')(page);
      await page.getByLabel('Schedule', { exact: true }).fill('every blue moon at 9am');
      await click('button', 'Save')(page);
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'new-task-http',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByRole('combobox', { name: 'Tool' }).fill('http');
      await page.getByRole('option', { name: 'http:request' }).click();
      await page.getByLabel('URL', { exact: true }).fill('https://example.org/report');
      await click('button', 'Add a header')(page);
      await page.getByLabel('Name of header 1').fill('Accept');
      await page.getByLabel('Value of header 1').fill('application/json');
      await page.getByRole('radio', { name: 'Form', exact: true }).last().click();
      await page.getByLabel('Content of the body').fill('name=Ada Lovelace');
    },
  },
  {
    name: 'success-criteria',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await page.getByRole('button', { name: 'More actions for Ping the shop' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await page.getByRole('button', { name: 'What counts as success' }).click();
      for (const kind of ['lacks', 'json', 'file']) {
        await page.getByRole('button', { name: 'Add a check' }).click();
        await page.getByRole('group').last().getByRole('combobox').first().selectOption(kind);
      }
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill('ERROR');
      await page.getByRole('textbox', { name: 'JSONPath' }).fill('$.success');
      await page.getByRole('textbox', { name: 'Value' }).fill('true');
      await page.getByRole('textbox', { name: 'File', exact: true }).fill('~/backup.tar');
      await page.getByRole('button', { name: 'Try on the last run' }).click();
      await page.getByText('Not tried').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'new-task-mcp',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Tool', { exact: true }).fill('filesystem:dir');
      await page.getByRole('option', { name: 'filesystem:directory_tree' }).click();
      await page.getByRole('button', { name: 'Retries and failures' }).click();
      await page.getByRole('button', { name: 'Limits' }).click();
      await page.getByLabel('Retries after a failure').fill('3');
      await page.getByRole('button', { name: 'Time zone, folder, tags and notes' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'tool-choices',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Tool', { exact: true }).click();
    },
  },
  {
    name: 'task-menu',
    scenarios: ['typical'],
    hash: '#/groups',
    act: click('button', 'More actions for Back up photos'),
  },
  {
    name: 'toasts',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await page.getByRole('row', { name: 'Ping the shop' }).getByRole('button', { name: 'Run now' }).click();
      await page.getByRole('button', { name: 'More actions for Sync music library' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    },
  },
  { name: 'palette', scenarios: ['typical'], hash: '#/overview', act: (page) => page.keyboard.press('Control+k') },
  {
    name: 'palette-search',
    scenarios: ['typical'],
    hash: '#/overview',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('ping');
    },
  },
  {
    name: 'palette-create',
    scenarios: ['typical'],
    hash: '#/overview',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('every weekday at 9am: curl -fsS https://example.org/ping');
      await page.getByText('Next:', { exact: false }).waitFor();
    },
  },
  {
    name: 'palette-actions',
    scenarios: ['typical'],
    hash: '#/overview',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('ping');
      await page.keyboard.press('ArrowRight');
    },
  },
  {
    name: 'palette-settings',
    scenarios: ['typical'],
    hash: '#/overview',
    size: { width: 720, height: 600 },
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('import');
    },
  },
  {
    name: 'quick-add-request',
    scenarios: ['typical'],
    hash: '#quick-add',
    size: { width: 640, height: 320 },
    act: async (page) => {
      await page.getByLabel('What and when').fill('curl -d @data.json https://example.org/ping');
      await page.getByText('is not read', { exact: false }).waitFor();
    },
  },
  {
    name: 'connect-agent',
    scenarios: ['typical'],
    hash: '#/settings',
    act: click('button', 'Connect an agent'),
  },
  {
    name: 'connect-agent-preview',
    scenarios: ['typical'],
    hash: '#/settings',
    act: async (page) => {
      await click('button', 'Connect an agent')(page);
      await page.getByRole('combobox', { name: 'Program' }).selectOption('cursor');
      await click('button', 'Show the change…')(page);
    },
  },
  {
    name: 'connect-agent-unreadable',
    scenarios: ['typical'],
    hash: '#/settings',
    size: { width: 720, height: 600 },
    act: async (page) => {
      await click('button', 'Connect an agent')(page);
      await page.getByRole('combobox', { name: 'Program' }).selectOption('vscode');
    },
  },
  {
    name: 'quick-add',
    scenarios: ['typical'],
    hash: '#quick-add',
    size: { width: 640, height: 210 },
    act: async (page) => {
      await page.getByLabel('What and when').fill('every weekday at 9am: curl -fsS https://example.org/ping');
      await page.getByText('curl -fsS', { exact: false }).last().waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'test-run',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Command', { exact: true }).fill('rsync -a ~/Pictures /mnt/backup && exit 1');
      await click('button', 'Test run')(page);
      await page.getByText('the last step failed', { exact: false }).waitFor();
    },
  },
  {
    name: 'test-run-environment',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Command', { exact: true }).fill('npm run deploy');
      await click('button', 'Test run')(page);
      await page.getByRole('radio', { name: 'Environment' }).click();
      await page.getByText('GITHUB_TOKEN').waitFor();
    },
  },
  {
    name: 'schedule-builder',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await click('button', 'Pick from a form')(page);
      await page.getByRole('radio', { name: 'Week' }).click();
      await page.getByRole('list', { name: 'Next runs' }).waitFor();
    },
  },
  {
    name: 'schedule-builder-window',
    scenarios: ['typical'],
    hash: '#/groups',
    size: { width: 720, height: 760 },
    act: async (page) => {
      await openEditor(page);
      await click('button', 'Pick from a form')(page);
      await page.getByRole('radio', { name: 'Minutes' }).click();
      await page.getByLabel('From', { exact: true }).selectOption('9');
      await page.getByRole('button', { name: 'Mon', exact: true }).click();
      await page.getByRole('list', { name: 'Next runs' }).waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'schedule-builder-weeks',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await click('button', 'Pick from a form')(page);
      await page.getByRole('radio', { name: 'Week' }).click();
      await page.getByLabel('Every', { exact: true }).selectOption('2');
      await page.getByLabel('Counted from', { exact: true }).fill('2026-12-07');
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'schedule-builder-interval',
    scenarios: ['typical'],
    hash: '#/groups',
    size: { width: 720, height: 760 },
    act: async (page) => {
      await openEditor(page);
      await click('button', 'Pick from a form')(page);
      await page.getByRole('radio', { name: 'Interval' }).click();
      await page.getByLabel('First run on', { exact: true }).fill('2026-12-07');
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'schedule-builder-times',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await click('button', 'Pick from a form')(page);
      await click('button', 'Add a time')(page);
      await page.getByLabel('Time 2', { exact: true }).fill('17:30');
      await page.getByRole('list', { name: 'Next runs' }).waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'curl-paste',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByRole('combobox', { name: 'Tool' }).fill('http');
      await page.getByRole('option', { name: 'http:request' }).click();
      await click('button', 'Paste as cURL')(page);
      await page.getByLabel('cURL command').fill('wget https://example.org/');
      await click('button', 'Fill in the form')(page);
      await page.getByText('This is no cURL command', { exact: false }).waitFor();
    },
  },
  {
    name: 'curl-pasted',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByRole('combobox', { name: 'Tool' }).fill('http');
      await page.getByRole('option', { name: 'http:request' }).click();
      await click('button', 'Paste as cURL')(page);
      await page
        .getByLabel('cURL command')
        .fill("curl -X PUT -m 30 -d @data.json -H 'Accept: application/json' https://example.org/report");
      await click('button', 'Fill in the form')(page);
      await page.getByText('is not read', { exact: false }).waitFor();
    },
  },
  {
    name: 'move-task',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await page
        .getByRole('row', { name: 'Ping the shop', exact: true })
        .dragTo(page.getByRole('row', { name: 'Back up photos', exact: true }));
      await page.getByRole('dialog', { name: 'Move' }).waitFor();
    },
  },
  {
    name: 'other-input',
    scenarios: ['typical'],
    hash: '#/overview',
    act: async (page) => {
      await page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Run with different input' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'filter-by-group',
    scenarios: ['full'],
    hash: '#/executions',
    act: async (page) => {
      await click('button', 'Group: Any group')(page);
      await page.getByRole('combobox', { name: 'Group' }).fill('9:00');
    },
  },
  {
    name: 'settings-end',
    scenarios: ['typical'],
    hash: '#/settings',
    act: async (page) => {
      await page.getByRole('region', { name: 'About' }).scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: 'Create a diagnostics report' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'uninstall',
    scenarios: ['typical'],
    hash: '#/settings',
    act: async (page) => page.getByRole('button', { name: 'Uninstall…' }).click(),
  },
  {
    name: 'whats-new',
    scenarios: ['typical'],
    hash: '#/settings',
    act: async (page) => page.getByRole('button', { name: 'What is new' }).click(),
  },
  {
    name: 'uninstall-small',
    scenarios: ['typical'],
    hash: '#/settings',
    size: { width: 380, height: 640 },
    act: async (page) => page.getByRole('button', { name: 'Uninstall…' }).click(),
  },
  {
    name: 'overview-wide',
    scenarios: ['typical'],
    hash: '#/overview',
    size: { width: 1440, height: 900 },
  },
  {
    name: 'editor-narrow',
    scenarios: ['typical'],
    hash: '#/groups',
    size: { width: 720, height: 560 },
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Schedule', { exact: true }).fill('every weekday at 9am in Tokyo');
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'executions-narrow',
    scenarios: ['typical'],
    hash: '#/executions',
    size: { width: 720, height: 560 },
  },
  {
    name: 'narrow',
    scenarios: ['typical'],
    hash: '#/groups',
    size: { width: 720, height: 640 },
  },
  { name: 'machines', scenarios: ['machines', 'empty'], hash: '#/machines' },
  {
    name: 'machine-switcher',
    scenarios: ['machines'],
    hash: '#/overview',
    act: (page) => page.getByRole('button', { name: /^Machine: / }).click(),
  },
  {
    name: 'machine-shown',
    scenarios: ['machines'],
    hash: '#/machines',
    act: (page) => click('button', 'Open web')(page),
  },
  {
    name: 'machine-unreachable',
    scenarios: ['machines'],
    hash: '#/machines',
    act: (page) => click('button', 'Open attic')(page),
  },
  {
    name: 'machine-settings',
    scenarios: ['machines'],
    hash: '#/settings',
    act: async (page) => {
      await click('button', 'Test the connection to web')(page);
      await click('button', 'Test the connection to attic')(page);
      await click('button', 'Add a machine')(page);
      await page.getByRole('form', { name: 'Add a machine' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'readme-overview', scenarios: ['doubtful'], hash: '#/overview' },
  { name: 'readme-phone', scenarios: ['doubtful'], hash: '#/overview', size: phone },
  { name: 'readme-groups', scenarios: ['typical'], hash: '#/groups' },
  {
    name: 'readme-failed',
    scenarios: ['typical'],
    hash: '#/overview',
    act: async (page) => {
      await page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click();
      await page.getByRole('region', { name: 'Log' }).getByText('ECONNREFUSED').waitFor();
    },
  },
  {
    name: 'readme-new-task',
    scenarios: ['typical'],
    hash: '#/groups',
    act: async (page) => {
      await openEditor(page);
      await page.getByLabel('Schedule', { exact: true }).fill('weekdays at 9:00, 13:15 and 17:30');
      await page.getByLabel('Command', { exact: true }).fill('rsync -a --delete ~/Pictures/ /mnt/backup/pictures/');
      await page.getByRole('list', { name: 'Next runs' }).waitFor();
      await page.waitForTimeout(300);
    },
  },
  { name: 'phone-overview', scenarios: ['full'], hash: '#/overview', size: phone },
  { name: 'phone-groups', scenarios: ['full'], hash: '#/groups', size: phone },
  { name: 'phone-runs', scenarios: ['full'], hash: '#/executions', size: phone },
  { name: 'phone-activity', scenarios: ['full'], hash: '#/activity', size: phone },
  { name: 'phone-machines', scenarios: ['machines'], hash: '#/machines', size: phone },
  { name: 'phone-log', scenarios: ['logs'], hash: '#/overview', size: phone, act: openFailedLog },
  { name: 'phone-task', scenarios: ['typical'], hash: '#/groups', size: phone, act: openTask('Deploy staging') },
  {
    name: 'narrow-run',
    scenarios: ['typical'],
    hash: '#/overview',
    size: { width: 720, height: 640 },
    act: (page) => page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click(),
  },
];

const { openPicturedWindow } = await buildProduct();
const server = await buildRenderer();
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
let taken = 0;
/** @type {string[]} */
const problems = [];
/** @type {readonly ('light' | 'dark')[]} */
const themes = options.theme === 'light' || options.theme === 'dark' ? [options.theme] : ['light', 'dark'];
const wanted = options.only.split(',');
/** @param {string} name */
const isWanted = (name) => wanted.some((part) => name.includes(part));
try {
  if (options.pages) {
    for (const way of ways) {
      for (const theme of themes) await picturePages(way, theme);
    }
  } else {
    for (const shot of shots.filter(({ name }) => isWanted(name))) {
      for (const scenario of shot.scenarios) {
        for (const theme of themes) await picture(shot, scenario, theme);
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
for (const problem of problems) console.error(problem);
console.log(`${taken} screenshots in ${out}`);
process.exitCode = problems.length > 0 ? 1 : 0;

/**
 * @param {string} name for errors of the page
 * @param {import('../main/testing/memory-window/scenarios.ts').Scenario} scenario
 * @param {{ theme: 'light' | 'dark', size?: { width: number, height: number }, zoom?: number }} look
 */
async function openWindow(name, scenario, { theme, size = { width: 1180, height: 760 }, zoom = 1 }) {
  const page = await browser.newPage({
    viewport: options.phone ? phone : { width: size.width / zoom, height: size.height / zoom },
    deviceScaleFactor: zoom,
    colorScheme: theme,
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && problems.push(`${name}: ${message.text()}`));
  return { page, product: await connect(page, scenario) };
}

/**
 * @param {Shot} shot
 * @param {import('../main/testing/memory-window/scenarios.ts').Scenario} scenario
 * @param {'light' | 'dark'} theme
 */
async function picture(shot, scenario, theme) {
  const name = `${shot.name}-${scenario}-${theme}`;
  const { page, product } = await openWindow(name, scenario, { theme, ...(shot.size && { size: shot.size }) });
  try {
    await page.goto(`${address}${shot.hash}`);
    await pass(page, product, 1000);
    if (shot.act) await whileTimePasses(page, product, shot.act(page));
    await pass(page, product, 600);
    await save(page, options.readme ? shot.name.replace('readme-', '') : name);
    if (options.phone) problems.push(...(await cutOff(page)).map((what) => `${name}: ${what}`));
  } catch (problem) {
    problems.push(`${name}: ${problem instanceof Error ? problem.message : String(problem)}`);
  } finally {
    await page.close();
    await product.close();
  }
}

/**
 * Takes every page in one window, because filling it takes longer than the pictures.
 * @param {import('./screenshots/pages.mjs').Way} way
 * @param {'light' | 'dark'} theme
 */
async function picturePages(way, theme) {
  const chosen = pages.filter(
    ({ name, without }) => isWanted(`${name}-${way.name}`) && !without?.includes(way.scenario),
  );
  if (chosen.length === 0) return;
  const { page, product } = await openWindow(`${way.name}-${theme}`, way.scenario, { ...way, theme });
  page.setDefaultTimeout(10_000);
  // On a busy machine the first page takes longer; without it, the next one would be missing as well.
  page.setDefaultNavigationTimeout(60_000);
  for (const { name, hash, act, leave } of chosen) {
    try {
      await showPage(page, product, hash);
      if (act) await whileTimePasses(page, product, act(page));
      await pass(page, product, 600);
      await save(page, `${name}-${way.name}-${theme}`);
      if (leave) await whileTimePasses(page, product, leave(page));
    } catch (problem) {
      problems.push(`${name}-${way.name}-${theme}: ${problem instanceof Error ? problem.message : String(problem)}`);
    }
  }
  await page.close();
  await product.close();
}

/**
 * Opens an address, and makes sure that its page is drawn: a window that is still starting misses a new hash.
 * @param {Page} page
 * @param {PicturedWindow} product
 * @param {string} hash
 */
async function showPage(page, product, hash) {
  const heading = page.getByRole('heading', { level: 1, name: headings[hash] ?? '', exact: true });
  for (const open of [() => page.goto(`${address}${hash}`), () => page.reload()]) {
    await open();
    await pass(page, product, 1000);
    if (await heading.isVisible()) return;
  }
  throw new Error(`the window does not show the page at ${hash}`);
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function save(page, name) {
  await page.screenshot({ path: resolve(out, `${name}.png`) });
  taken += 1;
}

/**
 * Returns what a person can press or fill in but not reach, because it is outside of the page's width.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
function cutOff(page) {
  return page.locator('a[href], button, input, select, textarea, [role=tab]').evaluateAll((elements) =>
    elements
      .filter((element) => {
        const { left, right, width, height } = element.getBoundingClientRect();
        const most = element.ownerDocument.documentElement.clientWidth + 1;
        return width > 1 && height > 1 && (left < -1 || right > most) && element.checkVisibility();
      })
      .filter((element) => {
        // A row of filters scrolls sideways by itself; the page itself must not.
        for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) {
          const overflow = outer.ownerDocument.defaultView?.getComputedStyle(outer).overflowX ?? '';
          if (/auto|scroll/.test(overflow) && outer.scrollWidth > outer.clientWidth && outer.tagName !== 'MAIN')
            return false;
        }
        return true;
      })
      .map((element) => {
        const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
        return `${element.tagName} “${name.slice(0, 40)}” ends at ${element.getBoundingClientRect().right} px`;
      }),
  );
}

/** @typedef {import('../main/testing/memory-window/pictured-window.ts').PicturedWindow} PicturedWindow */

/**
 * Connects the page to a product in this process, for calls and events. Both have the same time, which advances only in
 * `pass`.
 * @param {Page} page
 * @param {import('../main/testing/memory-window/scenarios.ts').Scenario} scenario
 * @returns {Promise<PicturedWindow>}
 */
async function connect(page, scenario) {
  const product = await openPicturedWindow(scenario, start, (name, payload) => {
    // Fails if the page is already closing.
    page.evaluate(`tellPage(${JSON.stringify(name)}, ${JSON.stringify(payload)})`).catch(() => undefined);
  });
  await page.exposeFunction('callProduct', product.call);
  await page.addInitScript(textBridge);
  await page.clock.install({ time: new Date(Date.parse(start) - 60_000) });
  await page.clock.pauseAt(new Date(start));
  return product;
}

/**
 * Advances the time of the page and the product in steps of 50 ms, so that each can respond to the other.
 * @param {Page} page
 * @param {PicturedWindow} product
 * @param {number} ms
 */
async function pass(page, product, ms) {
  for (let passed = 0; passed < ms; passed += 50) {
    await page.clock.runFor(50);
    await product.advance(50);
  }
}

/**
 * Advances the time until `action` settles, so that debounced fields respond.
 * @param {Page} page
 * @param {PicturedWindow} product
 * @param {Promise<unknown>} action
 */
async function whileTimePasses(page, product, action) {
  let over = false;
  const time = async () => {
    while (!over) {
      await pass(page, product, 50);
      await new Promise((wake) => setTimeout(wake, 20));
    }
  };
  const passing = time();
  try {
    await action;
  } finally {
    over = true;
    await passing;
  }
}
