import type { WireError } from '../../main/contract/errors.ts';

/** An error answer of the main process, as the window's code sees it. `code` is `group/word`. */
export class BridgeError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(error: WireError) {
    super(error.message);
    this.name = 'BridgeError';
    this.code = error.code;
    this.details = error.details;
  }

  /** The draft's field that was wrong, where the error names one. */
  get field(): string | null {
    const { field } = this.details;
    return typeof field === 'string' ? field : null;
  }

  /** What was wrong with each field, where the error names several. */
  get fields(): readonly { field: string; message: string }[] {
    const { fields } = this.details;
    if (!Array.isArray(fields)) return [];
    return fields.flatMap((entry: unknown) => {
      if (typeof entry !== 'object' || entry === null || !('field' in entry) || !('message' in entry)) return [];
      const { field, message } = entry;
      return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
    });
  }

  /** A list of texts in the details: `unused`, `suggestions`. Anything else there is ignored. */
  texts(key: string): readonly string[] {
    const value = this.details[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
