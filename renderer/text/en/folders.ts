/** The dialog that lists the folders of the machine where the system's dialog cannot be shown. */
export const folders = {
  title: 'Choose a folder',
  path: 'Path',
  open: 'Open',
  parent: 'Parent folder',
  listed: (path: string): string => `Folders in ${path}`,
  none: 'There are no folders in here.',
  partly: 'This folder holds more than is listed. Type the path of one that is missing.',
  choose: 'Choose this folder',
};
