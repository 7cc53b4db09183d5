/**
 * The folder with the files of one run's result: pictures, sound and other data that a tool returned. It stands beside
 * the log and is deleted with it.
 */
export const resultFolderOf = (logPath: string): string => `${logPath.replace(/\.log$/, '')}.files`;

/** The ending of the names of such folders. */
export const resultFolderEnding = '.files';

/** Endings by media type. Files of other types end in `.bin`: a name from a server must not decide what opens a file. */
const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/json': 'json',
  'text/plain': 'txt',
  'text/csv': 'csv',
};

/** Returns the ending for a media type; `bin` for an unknown one. */
export function endingOf(mimeType: string): string {
  const type = mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(endings, type) ? (endings[type] ?? 'bin') : 'bin';
}

/** Media types of the pictures and sounds that the window shows. SVG is not among them, because it can hold a program. */
const shownMedia: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
};

/** Returns the media type of a file of a result that the window shows; null for every other file. */
export function shownMediaType(name: string): string | null {
  const ending = name.split('.').at(-1) ?? '';
  return Object.hasOwn(shownMedia, ending) ? (shownMedia[ending] ?? null) : null;
}

/** Endings of files that no program executes. Others are shown in their folder instead of opened. */
export const safeToOpen: ReadonlySet<string> = new Set(
  Object.values(endings).filter((ending) => !['svg', 'zip'].includes(ending)),
);
