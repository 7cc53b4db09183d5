/** Why a phrase is refused. Caught where the phrase is read and told as `schedule/not-understood`. */
export class PhraseProblem extends Error {
  /** The words that could not be used. */
  readonly words: readonly string[];
  /** False when the words are known but cannot be scheduled: leaving them out would then change the meaning. */
  readonly isUnknown: boolean;
  /** Phrases that say what was probably meant; checked before they are shown. */
  readonly suggestions: readonly string[];

  /** A word and what it should be, each giving one suggestion. */
  readonly repairs: readonly (readonly [word: string, by: string])[];

  constructor(
    reason: string,
    words: readonly string[],
    suggestions: readonly string[] = [],
    more: { readonly isUnknown?: boolean; readonly repairs?: readonly (readonly [string, string])[] } = {},
  ) {
    super(reason);
    this.name = 'PhraseProblem';
    this.words = words;
    this.suggestions = suggestions;
    this.isUnknown = more.isUnknown ?? false;
    this.repairs = more.repairs ?? [];
  }
}
