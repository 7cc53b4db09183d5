import { readFileSync, writeFileSync } from 'node:fs';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';

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
    const place = placeSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
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
      writeFileSync(path, JSON.stringify(place), { mode: 0o600 });
    } catch (problem) {
      report(problem);
    }
  });
}
