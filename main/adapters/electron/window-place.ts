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

/** Px of a window that must be on a screen: enough to take hold of its title bar. */
const GRIP = 80;

/** Where the main window was when it was last closed. Null where it never was, or where that screen is gone. */
export function readPlace(path: string): WindowPlace | null {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return screen.getAllDisplays().some(({ workArea }) => reaches(workArea, place)) ? place : null;
  } catch {
    // Missing or unreadable: only a comfort, and the window opens where the system puts it.
    return null;
  }
}

const reaches = (area: Rectangle, { x, y, width }: WindowPlace): boolean =>
  x + width > area.x + GRIP && x < area.x + area.width - GRIP && y >= area.y - GRIP && y < area.y + area.height - GRIP;

/** Keeps the place of a window as it closes. @param report what could not be written: nothing else depends on it. */
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
