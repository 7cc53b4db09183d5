import { expect, test } from 'vitest';
import { connect, settle, withFakeTime } from '../../testing/connected-window.ts';
import type { Connected } from '../../testing/connected-window.ts';

withFakeTime();

const open = async (): Promise<Connected> => {
  const window = await connect('first-start');
  await settle();
  return window;
};
const shown = ({ stores }: Connected) => stores.navigation.getState().tour;
const seen = ({ outside }: Connected) => outside.settings.read().tourSeen;

test('a tour that is only offered is not seen yet', async () => {
  const window = await open();
  window.commands.tour.offer();
  await settle();
  expect([shown(window), seen(window)]).toEqual([{ step: 0, isAsked: false }, false]);
});

test.each(['go', 'end'] as const)('is seen from the first answer on: %s', async (answer) => {
  const window = await open();
  window.commands.tour.offer();
  await window.commands.tour[answer](1);
  await settle();
  expect(shown(window)).toEqual(answer === 'go' ? { step: 1, isAsked: true } : null);
  expect(seen(window)).toBe(true);
});

test('the answer is saved once, and the tour can be started again', async () => {
  const window = await open();
  const { update } = window.outside.settings;
  let saved = 0;
  window.outside.settings.update = (change) => {
    saved += 1;
    return update(change);
  };
  for (const step of [1, 2]) await window.commands.tour.go(step);
  await settle();
  await window.commands.tour.end();
  window.commands.tour.start();
  await settle();
  expect(shown(window)).toEqual({ step: 0, isAsked: true });
  expect(saved).toBe(1);
});
