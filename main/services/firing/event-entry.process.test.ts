import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { builtCommandLine } from '../../testing/built-command-line.ts';

it.skipIf(process.platform === 'win32')(
  'an entry that is started four times for one start of the system runs its task once',
  async () => {
    const app = builtCommandLine();
    onTestFinished(() => app.dispose());
    const work = ['--tool', 'shell:run', '--params', '{"command":"true"}'];
    expect(await app.run('create', '--name', 'Mount', '--schedule', '@reboot', ...work)).toMatchObject({ code: 0 });
    const path = join(app.dataDir, 'schedule.json');
    const fire = () => app.json('_timing-run', 'at-startup', '--event', 'startup');
    // The task is newer than this start of the system.
    expect((await fire()).answer).toMatchObject({ ok: true, executions: [] });
    // It is now older, and the start is news again.
    const old = readFileSync(path, 'utf8').replaceAll(
      /"(createdAt|armedAt)": ?"[^"]+"/g,
      '"$1": "2001-01-01T00:00:00.000Z"',
    );
    writeFileSync(path, old);
    writeFileSync(join(app.dataDir, 'events.json'), '{"version":1,"events":[]}');
    const fires = await Promise.all([fire(), fire(), fire()]);
    expect(fires.map(({ code, stderr }) => [code, stderr])).toEqual(fires.map(() => [0, '']));
    expect((await fire()).answer).toMatchObject({ executions: [] });
    const { executions } = (await app.json('runs')).answer as { executions: { slot: string; status: string }[] };
    expect(executions).toMatchObject([{ trigger: 'schedule', status: 'success' }]);
    const events = JSON.parse(readFileSync(join(app.dataDir, 'events.json'), 'utf8')) as { events: object[] };
    expect(events.events).toMatchObject([{ event: 'startup', at: executions[0]?.slot }]);
  },
);
