/** Texts of the dialog that opens a link of a note. */
export const markdown = {
  linkTo: (address: string) => `Link to ${address}`,
  title: 'Open this link in your browser?',
  refused: 'This kind of link cannot be opened here',
  open: 'Open',
} as const;
