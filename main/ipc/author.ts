/** Who changes something through the window: a person. */
export const author = 'window';
