import { expect, onTestFinished, vi } from 'vitest';
import type { Envelope } from '../../../main/contract/errors.ts';
import type { IpcCall, IpcOutput } from '../../../main/contract/ipc.ts';
import { callPlace, type CallPlace } from '../../../main/testing/call-examples.ts';
import type { Binding } from './bound-window.ts';

/** An application with one of everything, and a window that reaches it by a binding: `bridge` is the window's. */
export interface BoundPlace extends CallPlace {
  /** Makes a call, during which time passes. */
  ask<C extends IpcCall>(name: C, input: unknown): Promise<Envelope<IpcOutput<C>>>;
  /** Waits, while time passes, until this returns what is expected. */
  becomes(value: () => unknown, expected: unknown): Promise<void>;
}

/** Opens a window over a binding until the test ends. */
export async function openBinding(binding: Binding): Promise<BoundPlace> {
  const place = await callPlace();
  onTestFinished(() => place.dispose());
  const window = await binding.open(place);
  const { bridge } = window;
  onTestFinished(async () => {
    await place.passing(window.close());
    vi.unstubAllGlobals();
  });
  const passing = (value: () => unknown) => () => {
    place.application.clock.advance(20);
    return value();
  };
  return {
    ...place,
    bridge,
    // The compiler cannot infer that an example is the input of its call.
    ask: (name, input) => place.passing(bridge.call(name, input as never)),
    becomes: (value, expected) => expect.poll(passing(value), { interval: 5 }).toEqual(expected),
  };
}
