import { closeSync, constants, openSync, writeFileSync } from 'node:fs';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';
import { readText } from '../files/read-file.ts';

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof placeSchema>;

/** Pixels of a window that must be on a screen, so that its title bar can be dragged. */
const GRIP = 80;

/** Returns where the main window was last closed; null if it was never closed or that screen no longer exists. */
export function readPlace(path: string): WindowPlace | null {
  try {
    const place = placeSchema.parse(JSON.parse(readText(path)));
    return screen.getAllDisplays().some(({ workArea }) => reaches(workArea, place)) ? place : null;
  } catch {
    // Missing or unreadable: the window opens where the system puts it.
    return null;
  }
}

const reaches = (area: Rectangle, { x, y, width }: WindowPlace): boolean =>
  x + width > area.x + GRIP && x < area.x + area.width - GRIP && y >= area.y - GRIP && y < area.y + area.height - GRIP;

/** Saves the position of a window when it closes. @param report gets a write error; nothing depends on the file */
export function keepPlace(window: BrowserWindow, path: string, report: (problem: unknown) => void): void {
  window.on('close', () => {
    const place: WindowPlace = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      write(path, JSON.stringify(place));
    } catch (problem) {
      report(problem);
    }
  });
}

/** Not through a link, and a named pipe is an error, not a wait for its reader. Windows has no such flags. */
function write(path: string, text: string): void {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0), 0o600);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}
