import { expect, test } from 'vitest';
import { connect, settle, toasts, withFakeTime } from '../testing/connected-window.ts';

withFakeTime();

test('a program is connected as its preview showed it, and a toast names the copy of its file', async () => {
  const window = await connect('typical');
  const programs = await window.commands.agents.programs();
  const cursor = programs?.find(({ program }) => program === 'cursor');
  const written = await window.commands.agents.connect('cursor', cursor?.change?.basis ?? '');
  await settle();
  expect(written?.state).toBe('connected');
  expect(toasts(window).at(-1)).toMatchObject({
    tone: 'info',
    message: expect.stringMatching(/^Cursor is connected.*\.backup\.$/) as string,
  });
});

test('the preview of a file holds the changed lines, and not the whole file of another program', async () => {
  const window = await connect('typical');
  const programs = await window.commands.agents.programs();
  const changeOf = (name: string) => programs?.find(({ program }) => program === name)?.change;
  expect(changeOf('cursor')?.lines).toContain('+    "schedule": {');
  expect(changeOf('cursor')).not.toHaveProperty('after');
  expect(changeOf('gemini')?.isNew).toBe(true);
  expect(changeOf('claude-desktop')).toBeNull();
});

test('a file that changed after the preview is not written, and a toast says why', async () => {
  const window = await connect('typical');
  expect(await window.commands.agents.connect('cursor', 'another')).toBeNull();
  expect(toasts(window).at(-1)).toMatchObject({ tone: 'error', message: 'The file has changed since you looked.' });
});
