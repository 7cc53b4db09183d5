import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endingOf, resultFolderOf } from '../../../../contract/result-files.ts';
import { messageOf } from '../../../../domain/errors.ts';
import { Masker } from '../../../../domain/secrets/masking.ts';
import type { RunnerContext } from '../../runner.ts';

/** Where a part of an answer is kept; `notSaved` is the reason why it is not. */
export type KeptFile =
  | { readonly file: string; readonly bytes: number }
  | { readonly notSaved: string; readonly bytes: number };

/** Writes parts of an answer to files beside the log, and says so in the log. */
export class AnswerFiles {
  readonly #context: Pick<RunnerContext, 'spec' | 'log'>;
  #count = 0;

  constructor(context: Pick<RunnerContext, 'spec' | 'log'>) {
    this.#context = context;
  }

  /**
   * Saves data with secrets masked. A full disk does not fail the run: the tool has done its work.
   * @param what the kind of data, for the log: "a picture"
   */
  save(what: string, mimeType: string, data: Uint8Array): KeptFile {
    const { spec, log } = this.#context;
    this.#count += 1;
    const folder = resultFolderOf(spec.logPath);
    const file = join(folder, `${this.#count}.${endingOf(mimeType)}`);
    const shown = `${what} (${mimeType === '' ? 'no type given' : mimeType}, ${data.length} bytes)`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(file, maskedBytes(data, spec.masked ?? []), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      log.sys(`The answer has ${shown}, which could not be saved and is lost: ${messageOf(error)}`);
      return { notSaved: messageOf(error), bytes: data.length };
    }
    log.sys(`The answer has ${shown}: ${file}`);
    return { file, bytes: data.length };
  }
}

function maskedBytes(data: Uint8Array, secrets: readonly string[]): Uint8Array {
  if (secrets.length === 0) return data;
  return Buffer.from(new Masker(secrets).mask(Buffer.from(data).toString('latin1')), 'latin1');
}
