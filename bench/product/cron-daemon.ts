import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Hides the machine's own crontabs from the daemon, and the daemon's lock from another one. */
const script = `
  mount --bind "$1" /var/spool/cron/crontabs && mount --bind /dev/null /etc/crontab &&
  mount -t tmpfs none /etc/cron.d && mount -t tmpfs none /run && exec cron -f`;

/** A cron daemon with one crontab, in a mount namespace of its own. Needs root and Debian's cron. */
export class CronDaemon {
  readonly #child: ChildProcess;
  readonly #spool: string;

  /** @param lines the whole crontab of root */
  constructor(lines: readonly string[]) {
    if (process.getuid?.() !== 0)
      throw new Error('only root can start a cron daemon: sudo node scripts/bench.mjs --measure lines');
    this.#spool = mkdtempSync(join(tmpdir(), 'ncp-bench-cron-'));
    mkdirSync(this.#spool, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.#spool, 'root'), ['MAILTO=""', ...lines, ''].join('\n'), { mode: 0o600 });
    this.#child = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', this.#spool], { stdio: 'ignore' });
  }

  /** `unshare` and the shell replace themselves by the daemon. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    await ended;
    rmSync(this.#spool, { recursive: true, force: true });
  }
}
