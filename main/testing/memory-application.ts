import { wireError } from '../application/wire-error.ts';
import type { Application } from '../application/application.ts';
import { createApplication } from '../application/create-application.ts';
import type { FollowListener } from '../application/running/primary.ts';
import type { Execution } from '../contract/execution.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';
import type { ControlClient } from '../ports/control.ts';
import type { OwnProgram } from '../ports/own-program.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import { memoryOutside, type MemoryOutside } from './memory-outside.ts';

/** The application as it ships, with ports in memory that a test can access. */
export interface MemoryApplication
  extends Application, Pick<MemoryOutside, 'store' | 'os' | 'setPrimary' | 'setOwnProgram' | 'dispose'> {
  readonly clock: MemoryOutside['clock'];
  readonly ledger: Ledger;
  readonly settings: SettingsStore;
  readonly outside: MemoryOutside;
}

/** A listener that ignores everything, for a primary without a window. */
export const quietListener: FollowListener = {
  scheduleChanged: () => undefined,
  proposalsChanged: () => undefined,
  executionsChanged: () => undefined,
  executionsRemoved: () => undefined,
  settingsChanged: () => undefined,
  slotsMissed: () => undefined,
  attentionChanged: () => undefined,
};

/** @param start ISO instant */
export function memoryApplication(start?: string): MemoryApplication {
  const outside = memoryOutside(start);
  const { clock, store, ledger, settings, os } = outside;
  outside.setOwnProgram((args) => taskStart(outside, args));
  const product = createApplication(outside);
  // Every command closes its application, which would close the ledger before a test's second command.
  const close = (): Promise<void> => Promise.resolve();
  return Object.defineProperties(
    {
      ...{ ...product, outside, clock, store, ledger, settings, os, close },
      setPrimary: (primary: ControlClient | null) => outside.setPrimary(primary),
      setOwnProgram: (firstLine: OwnProgram['firstLine']) => outside.setOwnProgram(firstLine),
      dispose: () => outside.dispose(),
    },
    { timezone: { get: () => 'UTC', enumerable: true } },
  );
}

/** Does what `_task-start … TASK` does in another process: announces a run, which continues on its own, or an error. */
function taskStart(outside: MemoryOutside, args: readonly string[]): Promise<string> {
  const valueOf = (option: string) => (args.includes(option) ? args[args.indexOf(option) + 1] : undefined);
  const [proposalId, basis] = [valueOf('--proposal'), valueOf('--basis')];
  const approval = proposalId === undefined || basis === undefined ? undefined : { proposalId, basis };
  return new Promise((resolve) => {
    const run = async () => {
      const onStarted = (execution: Execution): void => resolve(JSON.stringify({ execution }));
      const runs = await createApplication(outside).runs();
      await runs.trigger(args.at(-1) ?? '', { trigger: 'manual', approval, onStarted });
    };
    run().catch((problem: unknown) => resolve(JSON.stringify({ error: wireError(problem) })));
  });
}
