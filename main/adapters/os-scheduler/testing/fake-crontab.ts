import type { CommandResult, CommandRunner } from '../run-program.ts';

const done: CommandResult = { exitCode: 0, stdout: '', stderr: '', failure: null };
const refused = (stderr: string): CommandResult => ({ exitCode: 1, stdout: '', stderr, failure: null });

/** Debian's `crontab` of one person, in memory, with its failures. Text has one character per byte. */
export class FakeCrontab {
  text: string | null;
  /** Every text that was installed. */
  readonly written: string[] = [];
  /** The error that `crontab -l` reports, if any. */
  unreadable: string | null = null;
  /** Simulates a full disk: the write fails after this many bytes, which remain written. */
  diskLeft: number | null = null;
  /** Called after each read, so that a test can change the crontab in between. */
  afterRead: () => void = () => undefined;

  constructor(text: string | null) {
    this.text = text;
  }

  readonly run: CommandRunner = async (file, args, options = {}) => {
    if (file !== 'crontab') return { exitCode: null, stdout: '', stderr: '', failure: `${file}: not faked` };
    // Another turn of the event loop, as with a real process.
    await new Promise((resolve) => setImmediate(resolve));
    if (args[0] === '-l') return this.#read();
    if (args[0] === '-e') return { ...done, stdout: this.text ?? '' };
    if (args[0] === '-r') {
      this.text = null;
      return done;
    }
    return this.#write(Buffer.from(options.input ?? '').toString('latin1'));
  };

  #read(): CommandResult {
    if (this.unreadable !== null) return refused(this.unreadable);
    const shown = this.text?.replaceAll('\r', '\\r').replaceAll('\b', '\\b');
    const result = shown === undefined ? refused('no crontab for kim\n') : { ...done, stdout: shown };
    this.afterRead();
    return result;
  }

  #write(text: string): CommandResult {
    this.written.push(text);
    if (this.diskLeft !== null && text.length > this.diskLeft) {
      this.text = text.slice(0, this.diskLeft);
      return refused('crontab: write error: No space left on device');
    }
    this.text = text;
    return done;
  }
}
