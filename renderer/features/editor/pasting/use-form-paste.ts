import { useEffect, useState } from 'react';
import type { ClipboardEvent } from 'react';
import type { TaskForm } from '../task-form.ts';
import { fillFromPaste } from './fill-from-paste.ts';
import type { PasteFill } from './fill-from-paste.ts';

type PastedField = 'command' | 'schedule';

interface Filled {
  /** The fields as they would be if the text had been pasted like any other. */
  readonly plain: Partial<TaskForm>;
  /** The fields as the text filled them. */
  readonly after: Partial<TaskForm>;
  readonly notes: readonly string[];
}

export interface FormPaste {
  /** Fills the form from a text that is pasted over all of a field, if the text is a whole task. */
  onPaste: (field: PastedField) => (event: ClipboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  /** Fills the form from what the command says: a URL alone becomes a request. */
  takeCommand: () => void;
  /** The notes of the last text that filled the form; null if none did. */
  notes: readonly string[] | null;
  /** Puts the text into the field, as it was pasted, and restores the others. Null once they were changed by hand. */
  undo: (() => void) | null;
  /** Changes each time the form is filled or restored. */
  version: number;
  /** True for the first drawing, and for that after each change of `version`. */
  takesFocus: boolean;
}

/** Fills the form from a pasted line of a crontab, URL or cURL command, with one Undo. */
export function useFormPaste(form: TaskForm, change: (change: Partial<TaskForm>) => void): FormPaste {
  const [filled, setFilled] = useState<Filled | null>(null);
  const { version, takesFocus, next } = useVersion();
  const show = (fields: Partial<TaskForm>, done: Filled | null) => {
    change(fields);
    setFilled(done);
    next();
  };
  const fill = (field: PastedField, pasted: string, { change: after, notes }: PasteFill) => {
    const own = field === 'schedule' ? { schedule: pasted } : { parameters: { ...form.parameters, command: pasted } };
    show(after, { plain: { ...fieldsOf(form, after), ...own }, after, notes });
  };
  return {
    onPaste: (field) => (event) => {
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      if (selectionStart !== 0 || selectionEnd !== value.length) return;
      const pasted = event.clipboardData.getData('text/plain').trim();
      const found = fillFromPaste(pasted, form);
      // A URL in place of the schedule would leave the field that it was pasted into as it was.
      if (found === null || (field === 'schedule' && found.change.schedule === undefined)) return;
      event.preventDefault();
      fill(field, pasted, found);
    },
    takeCommand: () => {
      const { command } = form.parameters;
      const found = typeof command === 'string' ? fillFromPaste(command, form) : null;
      if (found !== null) fill('command', String(command), found);
    },
    notes: filled?.notes ?? null,
    undo: filled !== null && isSame(fieldsOf(form, filled.after), filled.after) ? () => show(filled.plain, null) : null,
    version,
    takesFocus,
  };
}

function useVersion() {
  const [{ version, takesFocus }, set] = useState({ version: 0, takesFocus: true });
  useEffect(() => {
    if (takesFocus) set((shown) => ({ ...shown, takesFocus: false }));
  }, [takesFocus]);
  return { version, takesFocus, next: () => set({ version: version + 1, takesFocus: true }) };
}

/** Returns the fields of the form that a change names, in its order. */
const fieldsOf = (form: TaskForm, change: Partial<TaskForm>): Partial<TaskForm> => {
  const fields: Readonly<Record<string, unknown>> = { ...form };
  return Object.fromEntries(Object.keys(change).map((name) => [name, fields[name]]));
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
