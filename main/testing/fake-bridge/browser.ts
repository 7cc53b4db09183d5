import type { FakeBridge } from './fake-bridge.ts';
import type { FakeRuns } from './fake-runs.ts';
import type { FakeWorld } from './fake-world.ts';
import { createFakeBridge } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';

/** What a test in a plain browser finds on the page's global object. */
export interface FakePage {
  /** Set before this script runs. */
  scenario?: Scenario;
  ncpScheduler?: FakeBridge;
  fake?: { bridge: FakeBridge; world: FakeWorld; runs: FakeRuns };
}

const page: FakePage = globalThis as FakePage;
const fake = createFakeBridge(page.scenario ?? 'typical');
Object.assign(page, { ncpScheduler: fake.bridge, fake } satisfies FakePage);
