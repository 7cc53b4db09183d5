/** Why a phrase is refused. Becomes `schedule/not-understood` where the phrase is read. */
export class PhraseProblem extends Error {
  /** The words that could not be used. */
  readonly words: readonly string[];
  /** False when the words are known but cannot be scheduled: removing them would then change the meaning. */
  readonly isUnknown: boolean;
  /** Phrases that were probably meant; checked before they are shown. */
  readonly suggestions: readonly string[];

  /** Pairs of a word and its replacement; each gives one suggestion. */
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
