import { z } from 'zod';
import { navigationTargetSchema } from '../../contract/control.ts';
import type { NotificationContent } from '../../ports/desktop.ts';

/** A desktop lists only a few notifications; older ones cannot be clicked. */
const most = 50;

const shownSchema = z.object({
  id: z.number(),
  key: z.string(),
  target: navigationTargetSchema,
  taskIds: z.array(z.string()),
});
type Shown = z.infer<typeof shownSchema>;
const fileSchema = z.object({ server: z.string(), shown: z.array(shownSchema) });

/** Stores the list across restarts of the app. */
export interface ShownMemory {
  read(): string | null;
  write(text: string): void;
}

/**
 * The notifications of this app that the server shows, by the server's id. Kept across restarts, because a notification
 * outlives the app and a click on it must still work. Ids are valid for one process of the server only.
 */
export class ShownNotifications {
  readonly #memory: ShownMemory;
  #server = '';
  #shown: Shown[] = [];

  constructor(memory: ShownMemory) {
    this.#memory = memory;
  }

  /** @param server identifies this process of the server; empty while no server runs */
  connect(server: string): void {
    const kept = this.#read();
    this.#server = server;
    this.#shown = kept?.server === server ? kept.shown : [];
  }

  add(id: number, { key, target, taskIds }: NotificationContent): void {
    this.#shown = [...this.#shown.filter((one) => one.key !== key && one.id !== id)].slice(1 - most);
    this.#shown.push({ id, key, target, taskIds: [...taskIds] });
    this.#write();
  }

  byKey(key: string): Shown | undefined {
    return this.#shown.find((one) => one.key === key);
  }

  byId(id: number): Shown | undefined {
    return this.#shown.find((one) => one.id === id);
  }

  remove(id: number): void {
    if (this.byId(id) === undefined) return;
    this.#shown = this.#shown.filter((one) => one.id !== id);
    this.#write();
  }

  #read(): z.infer<typeof fileSchema> | null {
    const text = this.#memory.read();
    if (text === null) return null;
    try {
      return fileSchema.safeParse(JSON.parse(text)).data ?? null;
    } catch {
      return null; // Written by another version: clicks on those notifications are ignored.
    }
  }

  #write(): void {
    this.#memory.write(JSON.stringify({ server: this.#server, shown: this.#shown }));
  }
}
