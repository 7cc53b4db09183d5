import { describe, expect, it } from 'vitest';
import { readCrontab } from '../cron/read-crontab.ts';
import { readAgents } from '../launchd/read-agent.ts';
import { readTimers } from '../systemd/read-timer.ts';
import { hostileCharacters } from '../testing/hostile-tasks.ts';
import { readTasks } from '../windows/read-task.ts';

const context = { nowMs: Date.parse('2026-11-25T12:00:00Z'), timezone: 'UTC', homeDir: '/home/kim', username: 'kim' };
const inText = hostileCharacters.filter((char) => char !== '\n');

describe('a control character or a special one in an imported file', () => {
  it.each(inText.map((char) => [char]))('crontab: %j keeps the lines around it', (char) => {
    const text = `1 1 * * * /bin/first\n2 2 * * * /bin/a${char}b\n3 3 * * * /bin/last\n`;
    const { tasks, refused } = readCrontab(text, context);
    expect(refused).toEqual([]);
    const commands = tasks.map(({ parameters }) => parameters['command']);
    expect([commands[0], commands[2]]).toEqual(['/bin/first', '/bin/last']);
    // An unescaped percent sign ends the command.
    expect(commands[1]).toBe(char === '%' ? '/bin/a' : `/bin/a${char}b`);
  });

  it.each(inText.map((char) => [char]))('systemd: %j in a value is not lost', (char) => {
    const service = `[Service]\nExecStart=/bin/a\nWorkingDirectory=/srv/a${char}b\nNice=5\n`;
    const files = { name: 'a.timer', timer: ['[Timer]\nOnCalendar=daily\n'], service: [service] };
    const { tasks, refused } = readTimers([files], context);
    if (char === '%') expect(refused[0]?.reason).toContain('"%b"');
    else expect(tasks[0]).toMatchObject({ workingDirectory: `/srv/a${char}b`, policies: { nice: 5 } });
  });

  it.each(inText.map((char) => [char]))('XML: %j does not lose the other files', (char) => {
    const plist = (program: string) =>
      `<plist><dict><key>Label</key><string>${program}</string><key>ProgramArguments</key><array><string>${program}</string></array><key>StartInterval</key><integer>60</integer></dict></plist>`;
    const agents = readAgents(
      [
        { name: 'a', text: plist(`a${char}b`) },
        { name: 'z', text: plist('z') },
      ],
      context,
    );
    expect(agents.tasks.at(-1)?.name).toBe('z');
    expect(agents.tasks.length + agents.refused.length).toBe(2);
    const task = (program: string) =>
      `<Task><Triggers><CalendarTrigger><StartBoundary>2026-01-01T01:00:00</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers><Actions><Exec><Command>${program}</Command></Exec></Actions></Task>`;
    const tasks = readTasks(
      [
        { name: 'a', xml: task(`a${char}b`) },
        { name: 'z', xml: task('z') },
      ],
      context,
    );
    expect(tasks.tasks.at(-1)?.name).toBe('z');
    expect(tasks.tasks.length + tasks.refused.length).toBe(2);
  });
});
