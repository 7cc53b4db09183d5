// Stryker's runner for Vitest starts a thread for each change and loads every module in it again, which took 99 % of the time.
// This one keeps the thread, in which Vitest loads only the test files again. A time-out ends the process, and so the thread.
import { strykerPlugins as original } from '@stryker-mutator/vitest-runner';
import { ThreadsPoolWorker } from 'vitest/node';
import { inProject } from '../setup/project.mjs';

const name = 'kept-thread';
/** What a thread answers when it was asked to stop. */
const stopped = { type: 'stopped', __vitest_worker_response__: true };

/**
 * Returns a thread for Vitest's pool that stays when a run of tests ends in order. One that is stopped by force ends.
 * @param {ConstructorParameters<typeof ThreadsPoolWorker>[0]} options
 */
function keptThread(options) {
  const worker = new ThreadsPoolWorker(options);
  /** @type {{ thread: import('node:worker_threads').Worker }} */
  const inside = /** @type {any} */ (worker);
  const send = worker.send.bind(worker);
  const stop = worker.stop.bind(worker);
  let endsInOrder = false;
  return Object.assign(worker, {
    name,
    /** @param {Parameters<typeof send>[0]} message */
    send: (message) => {
      if (message.type !== 'stop') return send(message);
      endsInOrder = true;
      inside.thread.emit('message', stopped);
    },
    stop: async () => {
      if (!endsInOrder) return stop();
      endsInOrder = false;
      for (const event of ['message', 'error', 'exit']) inside.thread.removeAllListeners(event);
    },
  });
}

const [plugin] = original;
const { factory } = /** @type {{ factory: any }} */ (plugin);

/** @param {any} injector */
function createRunner(injector) {
  const runner = factory(injector);
  const init = runner.init.bind(runner);
  runner.init = async () => {
    await init();
    /** @type {ReturnType<typeof keptThread> | undefined} */
    let kept;
    /** @param {ConstructorParameters<typeof ThreadsPoolWorker>[0]} options */
    const createPoolWorker = (options) => (kept ??= keptThread(options));
    for (const { config } of runner.ctx.projects) {
      config.pool = name;
      config.poolRunner = { name, createPoolWorker };
      config.setupFiles = [inProject('scripts/mutation/fresh-change.mjs'), ...config.setupFiles];
    }
  };
  return runner;
}
createRunner.inject = factory.inject;

export const strykerPlugins = [{ ...plugin, factory: createRunner }];
export { strykerValidationSchema } from '@stryker-mutator/vitest-runner';
