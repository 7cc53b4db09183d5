import { expect, test } from 'vitest';
import { nameOfCommand } from './shell-line-name.ts';

test.each([
  ['curl -fsS https://example.org/ping', 'curl example.org'],
  ['flock -n /tmp/l curl -fsS https://hc-ping.com/abc', 'curl hc-ping.com'],
  ['curl -fsS https://example.org/ping || exit 1', 'curl example.org'],
  ['/usr/local/bin/backup.sh', 'backup.sh'],
  ['TZ=UTC sudo rsync -a ~/Pictures /mnt/backup', 'rsync /mnt/backup'],
  ['sudo -u www-data php /srv/app/cron.php --quiet', 'cron.php'],
  ['cd /srv/app && npm run build', 'npm run build'],
  ['cd "$HOME/my app"; git pull', 'git pull'],
  ['export A=1; ./run.sh', 'run.sh'],
  ['timeout -k 5 10m restic backup /home', 'restic /home'],
  ['nice -n 19 ionice -c 3 tar czf /backup/home.tgz /home', 'tar /home'],
  ['env -u DISPLAY chronic mbsync -a', 'mbsync'],
  ['bash -c "restic forget --prune"', 'restic forget'],
  ['bash -lc "cd /x && ./y.sh"', 'y.sh'],
  ['flock /tmp/l -c "backup.sh /home"', 'backup.sh /home'],
  ['python3 -m http.server', 'http.server'],
  ['python3 ~/bin/report.py --mail', 'report.py'],
  ['docker compose up -d', 'docker compose up'],
  ['echo "50% done"', 'echo'],
  ['echo hello', 'echo hello'],
  ['ls -la', 'ls'],
  ['sudo', 'sudo'],
  ['pg_dump shop > /backup/shop.sql', 'pg_dump shop'],
  ['https://example.org:8443/health', 'example.org:8443'],
  ['C:\\Tools\\sync.exe /all', 'sync.exe'],
  ['"C:\\Program Files\\Sync\\sync.exe" --all', 'sync.exe'],
  ['C:\\Program Files\\Sync\\sync.exe', 'sync.exe'],
  ['\\\\nas\\tools\\sync.cmd', 'sync.cmd'],
  ['echo ${', 'echo'],
  ['echo "50%', 'echo'],
  ['# only a comment', '# only a comment'],
  ['', ''],
])('the task of `%s` is named `%s`', (command, name) => expect(nameOfCommand(command)).toBe(name));

test('a name has at most 60 characters', () => {
  expect(nameOfCommand(`echo ${'x'.repeat(500)}`).length).toBeLessThanOrEqual(60);
  expect(nameOfCommand('#'.repeat(500)).length).toBeLessThanOrEqual(60);
});
