import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTestCode } from '../../testing/dependency-rule.ts';
import { sourceFiles } from '../../testing/import-graph.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { readCapture } from '../process/login/environment-file.ts';
import { readWitness } from '../storage/ledger/loss/witness.ts';
import { backupTexts, listBackups } from '../storage/schedule/backups.ts';
import { emptySchedule, scheduleText } from '../storage/schedule/document.ts';
import { diskLogFiles } from '../system/log-files.ts';

const root = join(import.meta.dirname, '../../..');
/** What opens a file for reading, or reads one, without a look at what it is. */
const bareRead =
  /\b(?:readFileSync|createReadStream)\(|\bopenSync\([^)]*'r'\)|import \{[^}]*\breadFile\b[^}]*\} from 'node:fs\/promises'/;

/** Files that only the system, the administrator or the installation of the product writes. */
const ofTheSystem = [
  // /etc, /proc, /sys and control groups
  'main/adapters/files/file-owner.ts',
  'main/adapters/os-scheduler/cron/cron-daemon.ts',
  'main/adapters/process/linux-proc.ts',
  'main/adapters/process/run-groups.ts',
  'main/adapters/storage/ledger/loss/place.ts',
  'main/adapters/system/machine-conditions.ts',
  // Its own program
  'main/adapters/process/code-cache.ts',
  'main/desktop/app-protocol.ts',
  'main/desktop/updates/electron-updater.ts',
  'main/web/pages.ts',
  // A folder, to flush it
  'main/adapters/storage/durable-write.ts',
  // An open descriptor of a file that was looked at
  'main/adapters/storage/ledger/loss/witness.ts',
  'main/adapters/system/log-tail.ts',
  // They look themselves: a face imports no adapter.
  'main/web/web-side.ts',
  'main/web/web-window.ts',
];

const onWindows = process.platform === 'win32' ? ' (Windows has no such files)' : '';

describe('a named pipe, a device or a socket in the place of any file', () => {
  it('is never opened as a file: what other programs can replace is read by read-file.ts', () => {
    const product = sourceFiles(root, ['main', 'preload']).filter((file) => !isTestCode(file));
    const bare = product.filter((file) => bareRead.test(readFileSync(join(root, file), 'utf8')));
    expect(bare.sort()).toEqual([...ofTheSystem].sort());
  });

  it.skipIf(onWindows)(`costs only what was in it${onWindows}`, async () => {
    const dir = temporaryDir();
    const pipe = (name: string): string => {
      execFileSync('mkfifo', [join(dir, name)]);
      return join(dir, name);
    };
    pipe('ledger.mark');
    expect(readWitness(join(dir, 'ledger.db'))).toBeNull();
    pipe('schedule.json.backup-1');
    writeFileSync(join(dir, 'schedule.json.backup-2'), scheduleText(emptySchedule()));
    expect(listBackups(join(dir, 'schedule.json')).map(({ name, file }) => [name, file !== null])).toEqual([
      ['schedule.json.backup-1', false],
      ['schedule.json.backup-2', true],
    ]);
    expect(backupTexts(join(dir, 'schedule.json'))).toHaveLength(1);
    expect(await readCapture(pipe('login-environment.json'))).toBeNull();
    const log = pipe('run.log');
    expect([...diskLogFiles.tail(log).read()]).toEqual([]);
    expect(() => diskLogFiles.read(log, 0, 10)).toThrow('it is a named pipe, not a file');
  });
});
