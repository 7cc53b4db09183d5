import { parseCron } from '../../domain/cron/parse-cron.ts';
import { dayMs, hourMs, minuteMs } from '../../domain/durations.ts';
import type { FoundJob } from '../../ports/other-schedulers.ts';
import type { WindowOutside } from './window-outside.ts';

const timerText = `[Unit]
Description=Back up the home folder

[Timer]
OnCalendar=*-*-* 03:00:00
Persistent=yes
`;

function timer(name: string, cron: string, nowMs: number, more: Partial<FoundJob> = {}): FoundJob {
  return {
    ...{ place: 'systemd-system', source: `${name}.timer`, name, command: `/usr/bin/${name} --quiet`, runsAs: 'root' },
    schedules: [{ kind: 'cron', cron: parseCron(cron), timezone: 'Europe/Berlin' }],
    ...{ trigger: null, written: `OnCalendar=${cron}`, original: timerText, nextMs: undefined, watchedFromMs: null },
    ...{ graceMs: minuteMs, stopped: null },
    last: { atMs: nowMs - 7 * hourMs, result: 'succeeded', detail: 'exit code 0' },
    ...more,
  };
}

/** Puts timers beside the crontab: one failed, one is overdue, one is stopped, and one source cannot be read. */
export function addOthers({ others, clock }: WindowOutside, healthy = 4): void {
  const nowMs = clock.now();
  const own = { place: 'systemd-user', runsAs: null } as const;
  const jobs = [
    timer('restic-home', '0 3 * * *', nowMs, {
      ...own,
      last: { atMs: nowMs - 8 * hourMs, result: 'failed', detail: 'exit code 3' },
    }),
    timer('certbot-renew', '0 5 * * *', nowMs, {
      watchedFromMs: nowMs - 3 * dayMs,
      last: { atMs: nowMs - 3 * dayMs, result: 'succeeded', detail: 'exit code 0' },
    }),
    timer('photo-index', '0 * * * *', nowMs, { ...own, stopped: 'The timer is not started (disabled).' }),
    ...Array.from({ length: healthy }, (_, index) =>
      timer(index === 0 ? 'fstrim' : `rotate-logs-${index}`, `${index % 60} ${index % 24} * * *`, nowMs),
    ),
  ];
  const reason = "EACCES: permission denied, open '/etc/cron.d/secrets'";
  others.found = { jobs, unread: [{ place: 'system-crontab', what: '/etc/cron.d/secrets', reason }] };
}
