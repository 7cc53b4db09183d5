import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { quietListener } from '../testing/memory-application.ts';
import { callEffects } from '../contract/call-effects.ts';
import type { IpcCall } from '../contract/ipc.ts';
import { callExamples, callPlace, type CallPlace } from '../testing/call-examples.ts';

const callsThat = (effect: string) =>
  (Object.keys(callEffects) as IpcCall[]).filter((name) => callEffects[name] === effect);

let place: CallPlace;
let stop: () => Promise<void>;
beforeEach(async () => {
  place = await callPlace();
  const primary = await place.application.lead({ listener: quietListener, show: () => undefined });
  primary.start();
  stop = () => primary.stop();
});
afterEach(async () => {
  await place.passing(stop());
  place.dispose();
});

const recorded = () => place.application.ledger.changes({ author: 'window' }, 1000).length;

/** Everything that a person could change. */
async function state(): Promise<string> {
  const { store, ledger, settings, outside, os } = place.application;
  const runs = ledger.list({ limit: 100, offset: 0 });
  const secrets = (await outside.secretFile()).read();
  const command = await (await place.application.shellCommand()).state();
  const changes = ledger.changes({}, 1000);
  const entries = [...os.installed];
  return JSON.stringify([store.read(), settings.read(), runs, secrets, command, changes, entries]);
}

async function call(name: IpcCall): Promise<void> {
  // The compiler cannot infer that the example is the input of the same call.
  const answer = await place.passing(place.bridge.call(name, (await callExamples[name](place)) as never));
  expect(answer).toMatchObject({ ok: true });
}

describe('the effect of a call', () => {
  test.each([...callsThat('reads'), ...callsThat('discloses')])(
    '%s only reads: nothing is different after it',
    async (name) => {
      await callExamples[name](place);
      const before = await state();
      await call(name);
      expect(await state()).toBe(before);
    },
  );

  test.each(callsThat('records'))('%s records what it changes with its author', async (name) => {
    const input = await callExamples[name](place);
    const before = recorded();
    const answer = await place.passing(place.bridge.call(name, input as never));
    expect(answer).toMatchObject({ ok: true });
    expect(recorded()).toBeGreaterThan(before);
  });

  test.each(callsThat('acts'))('%s does not record itself', async (name) => {
    const input = await callExamples[name](place);
    const before = recorded();
    expect(await place.passing(place.bridge.call(name, input as never))).toMatchObject({ ok: true });
    expect(recorded()).toBe(before);
  });
});
