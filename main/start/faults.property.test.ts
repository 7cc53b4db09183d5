// First: the functions of the disk must be replaced before another module takes them.
import '../testing/fault-world/faulty-disk.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FaultWorld } from '../testing/fault-world/world.ts';
import { history, type Step } from '../testing/fault-world/steps.ts';
import { PROPERTY_TIMEOUT_MS, checkProperty } from '../testing/property-runs.ts';

/** Performs every kind of step without faults, so that no module is loaded while a clock stands still. */
async function loadModules(): Promise<void> {
  const create = { what: 'create', minutes: 10, command: 'false', retries: 1, worker: 'own' } as const;
  const change = [{ what: 'update', task: 0 }, { what: 'undo' }, { what: 'import' }, { what: 'migrate' }] as const;
  const fire = [{ what: 'wait', minutes: 30 }, { what: 'fire' }, { what: 'delete', task: 0 }] as const;
  expect(await findingsOf([create, ...change, ...fire].map((each) => ({ ...each, faults: [] })))).toEqual([]);
}

/**
 * Returns what must not happen, and happened, up to the first step that shows something.
 * @param struck receives the ports that failed
 */
async function findingsOf(steps: readonly Step[], struck = new Set<string>()): Promise<readonly string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ncp-faults-'));
  const world = new FaultWorld(dir);
  try {
    for (const each of steps) {
      await world.perform(each);
      if (world.findings.length > 0) return world.findings;
    }
    await world.settle();
    return world.findings;
  } finally {
    await world.close();
    rmSync(dir, { recursive: true, force: true });
    for (const port of world.struck) struck.add(port);
  }
}

it(
  'whatever fails, is slow or lies, no slot starts twice, and every slot and definition is accounted for',
  async () => {
    await loadModules();
    await checkProperty(
      'faults',
      80,
      fc.asyncProperty(history, async (steps) => {
        expect(await findingsOf(steps)).toEqual([]);
      }),
    );
  },
  PROPERTY_TIMEOUT_MS,
);

it.each(['disk', 'ledger', 'spawn', 'clock', 'timer'] as const)(
  'a fault of the %s reaches the code that it is meant for',
  async (port) => {
    const faults = [{ port, way: 'before', after: 0 }] as const;
    const create = { what: 'create', minutes: 10, command: 'false', retries: 1, worker: 'own' } as const;
    const steps = [
      { ...create, faults: port === 'disk' ? faults : [] },
      { ...create, faults: [] },
      { what: 'wait', minutes: 30, faults: [] },
      { what: 'fire', faults: port === 'disk' ? [] : faults },
    ] as const;
    const struck = new Set<string>();
    expect(await findingsOf(steps, struck)).toEqual([]);
    expect([...struck]).toEqual([port]);
  },
);
