import { describe } from 'vitest';
import { osSchedulerContract } from '../../../testing/contract-suites/os-scheduler-suite.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { FakeCrontab } from '../testing/fake-crontab.ts';
import { CronScheduler } from './cron-scheduler.ts';
import { Crontab } from './crontab.ts';

describe('cron over a crontab in memory', () => {
  osSchedulerContract(() => {
    const homeDir = temporaryDir();
    const fake = new FakeCrontab('# mine\n*/7 * * * * echo mine\nMAILTO=me@example.org\n');
    const now = (): number => Date.parse('2026-11-23T12:00:00Z');
    const crontab = new Crontab({
      run: fake.run,
      backupDir: `${homeDir}/backups`,
      lockPath: `${homeDir}/lock`,
      now,
    });
    const scheduler = new CronScheduler({ crontab, daemonRuns: () => Promise.resolve(true) });
    return { scheduler, homeDir, others: () => fake.text };
  });
});
