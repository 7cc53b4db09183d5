import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryApplication } from '../../testing/memory-application.ts';
import type { MemoryApplication } from '../../testing/memory-application.ts';
import { readRecipe } from './recipe.ts';
import type { Recipe } from './recipe.ts';
import { shellPath } from './recipe-fields.ts';
import { recipes, recipesOn } from './recipes.ts';

const examplesOf = (recipe: Recipe): Record<string, string> =>
  Object.fromEntries(recipe.fields.map(({ name, example }) => [name, example]));

const named = (name: string): Recipe => {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found === undefined) throw new Error(`There is no recipe "${name}".`);
  return found;
};

const messages = (name: string, values: Record<string, string>): string[] => {
  const reading = readRecipe(named(name), values);
  return reading.ok ? [] : reading.problems.map(({ message }) => message);
};

describe('each recipe', () => {
  let application: MemoryApplication;
  beforeEach(() => (application = memoryApplication()));
  afterEach(() => application.dispose());

  test.each(recipes.map((recipe) => [recipe.name, recipe] as const))(
    '%s makes a task that can be saved, with a schedule, a time limit and what success is',
    async (_, recipe) => {
      const reading = readRecipe(recipe, examplesOf(recipe));
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      const tasks = await application.tasks();
      const { task, nextRuns } = await tasks.create(reading.task, 'window', { validate: false });
      expect(task.name).toBe(reading.task.name);
      expect(task.policies?.timeoutMs).toBeGreaterThan(0);
      expect(nextRuns).toHaveLength(5);
      expect(recipe.succeeds).toMatch(/\.$/);
    },
  );

  test.each(recipes.map((recipe) => [recipe.name, recipe] as const))('%s asks two fields at most', (_, recipe) => {
    expect(recipe.fields.length).toBeLessThanOrEqual(2);
    const missing = readRecipe(recipe, {});
    const required = recipe.fields.filter(({ isOptional }) => isOptional !== true).map(({ name }) => name);
    expect(missing.ok ? [] : missing.problems.map(({ field }) => field)).toEqual(required);
  });
});

describe('a wrong value', () => {
  test.each([
    [
      'restic-backup',
      { folder: 'Photos', repository: '/b' },
      'Folder must be a full path, such as /srv/photos or ~/Photos.',
    ],
    ['restic-backup', { folder: '/a\n/b', repository: '/b' }, 'Folder must be one line without control characters.'],
    [
      'restic-backup',
      { folder: '/a', repository: '-rf' },
      'Repository must be a full path, such as /mnt/backup, or a place such as host:/path.',
    ],
    ['rsync-backup', { folder: '/a' }, 'Copy is missing, for example /mnt/backup/photos.'],
    [
      'rsync-backup',
      { folder: '/a', copy: '-e sh:/x' },
      'Copy must be a full path, such as /mnt/backup, or a place such as host:/path.',
    ],
    ['ping-url', { url: 'example.org' }, 'URL must begin with https:// or http://, for example https://example.org.'],
    [
      'ping-url',
      { url: 'https://exa mple.org' },
      'URL must begin with https:// or http://, for example https://example.org.',
    ],
    ['certbot-renewal', { certificate: '--help' }, 'Certificate must be a name such as example.org.'],
    ['mcp-digest', { tool: 'shell:run' }, 'Tool must be a tool of an MCP server, written server:tool.'],
    ['mcp-digest', { tool: 'a:b', input: '[1]' }, 'Input must be a JSON object, such as {"repo": "me/site"}.'],
    ['rotate-logs', { folder: '/a', days: '0' }, 'Days to keep must be a whole number from 1 to 9999.'],
    ['rotate-logs', { folder: '/a', days: '3; rm -r /' }, 'Days to keep must be a whole number from 1 to 9999.'],
    ['rotate-logs', { folder: '/a', days: '3', day: '3' }, 'The recipe has no field "day". Its fields: folder, days.'],
  ])('%s %j: %s', (name, values, message) => {
    expect(messages(name, values)).toEqual([message]);
  });

  test.each([
    ['restic-backup', { folder: '~', repository: 'sftp:me@host:/srv/restic repo' }],
    ['restic-backup', { folder: ' ~/Documents ', repository: 's3:https://s3.amazonaws.com/bucket' }],
    ['rsync-backup', { folder: '/', copy: 'rsync://host/module' }],
    ['ping-url', { url: 'http://[::1]:8080/health?x=1' }],
  ])('%s takes %j', (name, values) => {
    expect(messages(name, values)).toEqual([]);
  });
});

test('a path is one word of the shell, and keeps the home directory', () => {
  expect(shellPath('~/My “docs”; rm -r ~')).toBe("~/'My “docs”; rm -r ~'");
  expect(shellPath("/it's")).toBe(`'/it'\\''s'`);
  expect([shellPath('~'), shellPath('~/'), shellPath('~/a'), shellPath('/a b')]).toEqual(['~', '~/', '~/a', "'/a b'"]);
});

test('Windows gets the recipes that need no POSIX shell', () => {
  expect(recipesOn('win32').map(({ name }) => name)).toEqual(['ping-url', 'mcp-digest']);
  expect(recipesOn('linux')).toEqual(recipes);
});
