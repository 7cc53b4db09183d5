/** The author of changes that a person makes in the window. */
export const author = 'window';
