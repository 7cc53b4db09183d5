import type { WireError } from '../../main/contract/errors.ts';

/** An error returned by the main process. `code` has the form `group/word`. */
export class BridgeError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(error: WireError) {
    super(error.message);
    this.name = 'BridgeError';
    this.code = error.code;
    this.details = error.details;
  }

  /** The field of the draft that is wrong, if the error names one. */
  get field(): string | null {
    const { field } = this.details;
    return typeof field === 'string' ? field : null;
  }

  /** What is wrong with each field, if the error names several. */
  get fields(): readonly { field: string; message: string }[] {
    const { fields } = this.details;
    if (!Array.isArray(fields)) return [];
    return fields.flatMap((entry: unknown) => {
      if (typeof entry !== 'object' || entry === null || !('field' in entry) || !('message' in entry)) return [];
      const { field, message } = entry;
      return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
    });
  }

  /** Returns a list of texts from the details, such as `unused` or `suggestions`; values of other types are ignored. */
  texts(key: string): readonly string[] {
    const value = this.details[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }
}

/** Returns the sentence to show for any thrown value. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
