import { createCommandRunner } from '../run-program.ts';
import { CronScheduler } from '../cron/cron-scheduler.ts';
import { Crontab } from '../cron/crontab.ts';
import { contextOf, groupOf } from './schedule-arbitraries.ts';

/** Installs and removes entries in the real crontab, as a separate process: `crontab-writer FOLDER NAME ROUNDS`. */
const [folder = '', name = '', rounds = '1'] = process.argv.slice(2);

const crontab = new Crontab({
  run: createCommandRunner(),
  backupDir: `${folder}/backups-${name}`,
  lockPath: `${folder}/lock`,
  now: Date.now,
});
const scheduler = new CronScheduler({ crontab, daemonRuns: async () => true });
const context = contextOf('UTC', Date.now());

for (let round = 0; round < Number(rounds); round += 1) {
  const kept = groupOf('0 9 * * *', 'UTC', `${name}-kept-${round}`);
  const passing = groupOf('0 9 * * *', 'UTC', `${name}-passing-${round}`);
  const changes = [
    ...(await scheduler.apply([kept, passing], context)),
    ...(await scheduler.remove([passing.timingId], context)),
  ];
  for (const change of changes) {
    if (change.change === 'failed') throw new Error(change.error?.message);
  }
}
