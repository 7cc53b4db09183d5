import type { TextBridge } from '../../contract/ipc.ts';
import type { FakeBridge } from './fake-bridge.ts';
import type { FakeRuns } from './fake-runs.ts';
import type { FakeWorld } from './fake-world.ts';
import { createFakeBridge } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

/** What a test in a plain browser finds on the page's global object. */
export interface FakePage {
  /** Set before this script runs. */
  scenario?: Scenario;
  ncpScheduler?: TextBridge;
  fake?: { bridge: FakeBridge; world: FakeWorld; runs: FakeRuns };
}

const page: FakePage = globalThis as FakePage;
const fake = createFakeBridge(page.scenario ?? 'typical');
const texts: TextBridge = {
  call: async (name, input) => JSON.stringify(await fake.bridge.call(name, input)),
  on: (name, listener) => fake.bridge.on(name, (payload) => listener(JSON.stringify(payload))),
};
Object.assign(page, { ncpScheduler: texts, fake } satisfies FakePage);
