// Every page of the window, and the ways in which each of them is pictured.

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('../../main/testing/memory-window/scenarios.ts').Scenario} Scenario */

/**
 * @typedef {object} WindowPage
 * @property {string} name
 * @property {string} hash
 * @property {readonly Scenario[]} [without] Scenarios that have no such page.
 * @property {(page: Page) => Promise<unknown>} [act] What opens it, after `hash` was opened.
 * @property {(page: Page) => Promise<unknown>} [leave] What closes it again.
 */

/**
 * @typedef {object} Way
 * @property {string} name
 * @property {Scenario} scenario
 * @property {{ width: number, height: number }} [size]
 * @property {number} [zoom] 2 for a window at 200 %: everything is twice as large, so half as much fits. Default: 1.
 */

/** @type {readonly Way[]} */
export const ways = [
  { name: 'empty', scenario: 'empty' },
  { name: 'typical', scenario: 'typical' },
  { name: 'full', scenario: 'full' },
  { name: 'error', scenario: 'error' },
  { name: 'names', scenario: 'names' },
  { name: 'narrow', scenario: 'typical', size: { width: 720, height: 560 } },
  { name: 'narrow-names', scenario: 'names', size: { width: 720, height: 560 } },
  { name: 'zoomed', scenario: 'typical', zoom: 2 },
];

/**
 * The heading of the page at each address.
 * @type {Readonly<Record<string, string>>}
 */
export const headings = {
  '#/overview': 'Overview',
  '#/groups': 'Tasks',
  '#/executions': 'Runs',
  '#/timeline': 'Timeline',
  '#/insights': 'Insights',
  '#/activity': 'Activity',
  '#/others': 'Also on this machine',
  '#/machines': 'Machines',
  '#/settings': 'Settings',
};

/** @param {Page} page */
const escape = (page) => page.keyboard.press('Escape');

/** @param {Page} page */
async function openFirstTask(page) {
  const row = page.getByRole('row').filter({ has: page.getByRole('checkbox') });
  await row.first().press('Enter');
  await page.getByRole('region', { name: 'Figures' }).waitFor();
}

/** @param {Page} page */
async function openFirstGroup(page) {
  await page.getByRole('button', { name: /^More/ }).first().click();
  await page.getByRole('menuitem', { name: 'Open the page of the group' }).click();
  await page
    .getByRole('list', { name: /^Latest runs of/ })
    .first()
    .waitFor();
}

/** @param {Page} page */
async function openFailedRun(page) {
  await page.getByRole('region', { name: 'Failures' }).getByRole('link').first().click();
  await page.getByRole('region', { name: 'Log' }).waitFor();
}

/** @param {Page} page */
async function openEditor(page) {
  await page.getByRole('button', { name: 'New task', exact: true }).first().click();
  await page.getByLabel('Schedule', { exact: true }).fill('every weekday at 9am');
  await page.getByLabel('Command', { exact: true }).fill('rsync -a ~/Pictures /mnt/backup');
}

/** @param {Page} page */
async function discard(page) {
  await escape(page);
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
}

/** @type {readonly WindowPage[]} */
export const pages = [
  { name: 'overview', hash: '#/overview' },
  { name: 'tasks', hash: '#/groups' },
  { name: 'task', hash: '#/groups', act: openFirstTask, without: ['empty'] },
  { name: 'group', hash: '#/groups', act: openFirstGroup, without: ['empty'] },
  { name: 'runs', hash: '#/executions' },
  { name: 'run', hash: '#/overview', act: openFailedRun, without: ['empty'] },
  { name: 'timeline', hash: '#/timeline' },
  { name: 'insights', hash: '#/insights' },
  { name: 'activity', hash: '#/activity' },
  { name: 'others', hash: '#/others' },
  { name: 'machines', hash: '#/machines' },
  { name: 'settings', hash: '#/settings' },
  { name: 'palette', hash: '#/overview', act: (page) => page.keyboard.press('Control+k'), leave: escape },
  // A file that is read-only takes no new task.
  { name: 'editor', hash: '#/groups', act: openEditor, leave: discard, without: ['error'] },
];
