/** Why a phrase is refused. Caught where the phrase is read and told as `schedule/not-understood`. */
export class PhraseProblem extends Error {
  /** The words that could not be used. */
  readonly words: readonly string[];
  /** Phrases that say what was probably meant; checked before they are shown. */
  readonly suggestions: readonly string[];

  constructor(reason: string, words: readonly string[], suggestions: readonly string[] = []) {
    super(reason);
    this.name = 'PhraseProblem';
    this.words = words;
    this.suggestions = suggestions;
  }
}
