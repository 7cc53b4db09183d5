import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../../../../main/contract/alerts/rules.ts';
import { readRule, ruleValues } from './rule-form.ts';

const whole: AlertRule = {
  ...{ events: ['failed', 'late'], channels: ['ops', 'me'], tags: ['db', 'web'] },
  ...{ afterFailures: 3, quietHours: { from: '22:00', to: '07:00' } },
};

describe('the form of a rule', () => {
  it('shows and reads back a rule, and keeps what it does not show', () => {
    expect(readRule(ruleValues(whole), null)).toEqual({ rule: whole });
    const present = { ...whole, tasks: ['t1'], groups: ['g1'], everyTime: true, later: 1 };
    expect(readRule(ruleValues(present), present)).toEqual({ rule: present });
    const cleared = { tags: ' ', tasks: [], groups: [], everyTime: false, quietFrom: '', quietTo: '' };
    expect(readRule({ ...ruleValues(present), ...cleared }, present)).toEqual({
      rule: { events: whole.events, channels: whole.channels, afterFailures: 3, later: 1 },
    });
  });

  it('starts with failures of all tasks', () => {
    expect(readRule({ ...ruleValues(null), channels: ['ops'] }, null)).toEqual({
      rule: { events: ['failed'], channels: ['ops'] },
    });
  });

  it('names each field that is wrong', () => {
    const wrong = { events: [], channels: [], afterFailures: '0', quietFrom: '22:00', quietTo: '' };
    const read = readRule({ ...ruleValues(null), ...wrong }, null);
    expect('errors' in read && Object.keys(read.errors)).toEqual(['events', 'channels', 'afterFailures', 'quietTo']);
    expect(readRule({ ...ruleValues(whole), quietTo: '22:00' }, null)).toHaveProperty('errors.quietTo');
  });
});
