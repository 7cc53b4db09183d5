import { describe, expect, it } from 'vitest';
import type { TranslateContext } from '../../ports/os-scheduler.ts';
import { translateToCron } from './cron/translate.ts';
import { translateToLaunchd } from './launchd/translate.ts';
import { readAgentFile } from './launchd/agent-file.ts';
import { Unit, wordsOf } from './systemd/read-unit.ts';
import { translateToSystemd } from './systemd/translate.ts';
import { readMarker } from './systemd/unit-file.ts';
import { hostileTexts } from './testing/hostile-tasks.ts';
import { contextOf, groupOf } from './testing/schedule-arbitraries.ts';
import { argumentsOf } from './windows/split-command-line.ts';
import { translateToWindows } from './windows/translate.ts';

const group = groupOf('30 2 * * *', 'UTC');
const plain = contextOf('UTC', Date.parse('2026-11-25T12:00:00Z'));
// No file name and no variable has NUL or half of a surrogate pair.
const texts = hostileTexts.filter((text) => !/\0|\p{Surrogate}/u.test(text) && text.length < 1000);

/** Every text as the path of the program, of the data directory, and in a variable. */
const contexts = texts.map((text): TranslateContext => ({
  ...plain,
  command: [`/opt/${text}/ncp-scheduler`, '--data-dir', `/srv/${text}`],
  env: { HOSTILE: text, PATH: '/bin' },
}));

/** Returns the translation, or null if it is refused in a sentence. */
function translated<T>(translate: () => T): T | null {
  try {
    return translate();
  } catch (problem) {
    expect(problem).toMatchObject({ code: 'os/unsafe-path' });
    return null;
  }
}

describe('an entry of a machine with hostile paths and variables', () => {
  it('of systemd has these words and variables, and no other line', () => {
    for (const context of contexts) {
      const text = translateToSystemd(group, context).artifacts[1]?.content ?? '';
      expect(text).not.toMatch(/[\r\0]/);
      const unit = new Unit([text]);
      expect(unit.all('Service', 'ExecStart')).toHaveLength(1);
      const words = wordsOf(unit.one('Service', 'ExecStart') ?? '') ?? [];
      const command = words.slice(words.indexOf('--') + 1).map((word) => word.replaceAll('%%', '%'));
      const [program = '', ...rest] = command;
      expect([program.replaceAll('$$', '$'), ...rest.map((word) => word.replaceAll('$$$$', '$'))]).toEqual([
        ...context.command,
        '_timing-run',
        group.timingId,
      ]);
      const variables = unit.all('Service', 'Environment').flatMap((line) => wordsOf(line) ?? []);
      expect(variables.map((pair) => pair.replaceAll('%%', '%'))).toContain(`HOSTILE=${context.env['HOSTILE'] ?? ''}`);
      expect(readMarker(text)?.timingId).toBe(group.timingId);
    }
  });

  it('of cron is one line, with a launcher where the command does not fit', () => {
    for (const context of contexts) {
      const made = translated(() => translateToCron(group, context));
      const lines = (made?.artifacts[0]?.content ?? '').split(/[\r\n]/).filter((line) => line !== '');
      if (made !== null) expect(lines).toHaveLength(2);
    }
  });

  it('of launchd is refused, or has these words and variables', () => {
    let kept = 0;
    for (const context of contexts) {
      const made = translated(() => translateToLaunchd(group, context));
      if (made === null) continue;
      kept += 1;
      const agent = readAgentFile(made.artifacts[0]?.content ?? '');
      expect(agent?.ProgramArguments).toEqual([...context.command, '_timing-run', group.timingId]);
      expect(agent?.NCPScheduler?.Timing).toBe(group.timingId);
    }
    expect(kept).toBeGreaterThan(100);
  });

  it('of Task Scheduler is refused, or has these words', () => {
    let kept = 0;
    for (const context of contexts) {
      const made = translated(() => translateToWindows(group, context));
      if (made === null) continue;
      kept += 1;
      const [, line = ''] = /<Arguments>([^<]*)<\/Arguments>/.exec(made.artifacts[0]?.content ?? '') ?? [];
      expect(argumentsOf(unescaped(line))).toEqual([...context.command.slice(1), '_timing-run', group.timingId]);
    }
    expect(kept).toBeGreaterThan(100);
  });
});

const unescaped = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
