import { expect, it } from 'vitest';
import type { EventName } from '../../contract/events.ts';
import type { OsGroup } from '../../ports/os-scheduler.ts';
import { translateToCron } from './cron/translate.ts';
import { translateToLaunchd } from './launchd/translate.ts';
import { translateToSystemd } from './systemd/translate.ts';
import { contextOf } from './testing/schedule-arbitraries.ts';
import { translateToWindows } from './windows/translate.ts';

const context = { ...contextOf('Europe/Berlin', Date.parse('2026-11-23T12:00:00Z')), command: ['/opt/ncp-scheduler'] };
const group = (...events: EventName[]): OsGroup => ({
  timingId: 'at-login',
  key: 'at login',
  description: 'At login',
  schedule: { kind: 'event', events, timezone: 'UTC' },
});

it('systemd starts it with the manager of the person, whatever the app did', () => {
  const { artifacts, covers, notes } = translateToSystemd(group('startup', 'login'), context);
  const [timer, service] = artifacts.map(({ content }) => content);
  expect(timer).toContain('OnStartupSec=1s\n');
  expect(timer).toContain('WantedBy=timers.target');
  expect(timer).not.toContain('OnCalendar');
  expect(service).toContain('"_timing-run" "at-login" "--event" "startup" "--event" "login"');
  // The condition would skip the start because the app fired other slots of the group in this minute.
  expect(service).not.toContain('ExecCondition');
  expect(covers).toBe('exact');
  expect(notes).toEqual([
    expect.stringContaining('at your first login, or at once with lingering'),
    expect.stringContaining('loginctl enable-linger'),
  ]);
});

it('cron starts it with its daemon', () => {
  const { artifacts, notes } = translateToCron(group('startup'), context);
  expect(artifacts[0]?.content).toMatch(/^# .*\n@reboot .*_timing-run at-login --event startup >\/dev\/null 2>&1\n$/);
  expect(notes).toEqual([expect.stringContaining('If the daemon alone is started again, nothing is due.')]);
});

it('launchd starts it when it loads the agent', () => {
  const [agent] = translateToLaunchd(group('login'), context).artifacts;
  expect(agent?.content).toMatch(/<key>RunAtLoad<\/key>\s*<true\/>/);
  expect(agent?.content).not.toContain('StartCalendarInterval');
  expect(agent?.content).toMatch(/<string>--event<\/string>\s*<string>login<\/string>/);
});

it('Task Scheduler starts it at the logon of this person only, which needs no administrator', () => {
  const own = translateToWindows(group('startup'), { ...context, account: 'OFFICE\\kim' });
  expect(own.artifacts[0]?.content).toMatch(/<LogonTrigger>\s*<UserId>OFFICE\\kim<\/UserId>\s*<\/LogonTrigger>/);
  expect(own.notes.join(' ')).toContain('Only an administrator can start a task at boot');
});
