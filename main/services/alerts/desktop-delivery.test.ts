import { describe, expect, it } from 'vitest';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import { alertSettingsSchema } from '../../contract/alerts/rules.ts';
import { rulesDecideNotifications } from '../../contract/alerts/desktop-channel.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { NotificationContent, NotifierState } from '../../ports/desktop.ts';
import { anAlertEvent } from '../../testing/alert-samples.ts';
import { ownNotifier } from '../notifications/own-notifications.ts';
import { notificationOf, showOnDesktop } from './desktop-delivery.ts';

const of = (change: Partial<AlertEvent>) => notificationOf(anAlertEvent(change));
const runId = anAlertEvent().run?.id;
const content: NotificationContent = {
  ...{ key: 'k', title: 'Backup failed', body: 'disk full', buttons: [], taskIds: [], urgency: 'normal' },
  target: { view: 'overview' },
};

describe('the notification of an alert', () => {
  it('says what happened, opens the run, and offers what the app itself offers', () => {
    expect(of({})).toEqual({
      ...{ key: 'alert:run:t1', title: 'Backup failed', body: 'disk full (exit code 3)', urgency: 'normal' },
      target: { view: 'execution', executionId: runId },
      buttons: [
        { action: 'rerun', label: 'Re-run' },
        { action: 'snooze', label: 'Snooze for an hour' },
        { action: 'pause', label: 'Pause' },
      ],
      taskIds: ['t1'],
    });
  });

  it('is replaced when the task works again, and not by what another event tells', () => {
    expect(of({ kind: 'recovered' })).toMatchObject({ key: of({}).key, urgency: 'low', buttons: [] });
    expect(of({ kind: 'overdue', run: null }).key).not.toBe(of({}).key);
  });

  it.each<[Partial<AlertEvent>, object]>([
    [
      { kind: 'paused', run: null },
      { view: 'task', taskId: 't1' },
    ],
    [{ kind: 'missed', run: null }, { view: 'timeline' }],
    [{ kind: 'proposal', run: null, task: null }, { view: 'proposal' }],
    [{ kind: 'digest', run: null, task: null }, { view: 'overview' }],
    [{ kind: 'test', run: null, task: null }, { view: 'settings' }],
  ])('of %j opens %j', (change, target) => {
    expect(of(change).target).toEqual(target);
  });

  it('has a title in one line and a short text, whatever a name contains', () => {
    const { title, body } = of({ title: 'A\nB\u0007', message: 'x'.repeat(1000), lateMs: 7_200_000 });
    expect(title).toBe('A B');
    expect(body).toHaveLength(240);
    expect(of({ lateMs: 7_200_000 }).body).toContain('This happened 2 h ago');
  });
});

describe('showing an alert on the desktop', () => {
  const state: NotifierState = { available: false, problem: 'No server.', doNotDisturb: null, buttons: false };
  const desktop = (shown: boolean) => ({ notify: async () => shown, state: () => state });

  it.each([
    ['is sent once the desktop shows it', {}, desktop(true), 'sent', 'The desktop shows it.'],
    ['fails with the reason of the desktop', {}, desktop(false), 'failed', 'No server.'],
    ['fails where there is no desktop', {}, null, 'failed', 'Only the running app can show notifications.'],
    [
      'is given up after three days without the app',
      { lateMs: 4 * 86_400_000 },
      desktop(true),
      'refused',
      'three days',
    ],
  ])('%s', async (_, change, notifier, outcome, words) => {
    const delivery = await showOnDesktop(anAlertEvent(change), notifier);
    expect(delivery.outcome).toBe(outcome);
    expect(delivery.answer).toContain(words);
  });
});

describe('who decides which notifications are shown', () => {
  const rule = { events: ['failed'], channels: ['here'] };
  const settingsWith = (alerts: object) => settingsSchema.parse({ alerts });

  it.each([
    ['the settings, without a channel of this desktop', {}, false],
    ['the rules, once one names such a channel', { channels: { here: { kind: 'desktop' } }, rules: [rule] }, true],
    ['the settings, if no rule names it', { channels: { here: { kind: 'desktop' } } }, false],
    [
      'the settings, while it is off',
      { channels: { here: { kind: 'desktop', enabled: false } }, rules: [rule] },
      false,
    ],
  ])('%s', async (_, alerts, decided) => {
    expect(rulesDecideNotifications(alertSettingsSchema.parse(alerts))).toBe(decided);
    const shown: string[] = [];
    const notifier = {
      notify: async ({ title }: NotificationContent) => shown.push(title) > 0,
      withdraw: () => undefined,
    };
    expect(await ownNotifier(notifier, { read: () => settingsWith(alerts) }).notify(content)).toBe(true);
    expect(shown).toEqual(decided ? [] : ['Backup failed']);
  });
});
