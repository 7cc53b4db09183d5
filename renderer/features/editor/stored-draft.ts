import type { TaskSketch } from '../../../main/contract/pasted-task.ts';
import type { EditorPurpose } from '../../stores/navigation-store.ts';
import type { PreferencesStore } from '../../stores/preferences-store.ts';
import type { TaskForm } from './task-form.ts';

const emptySketch: TaskSketch = { name: '', schedule: '', tool: 'shell:run', parameters: {} };

/** Returns the storage key of a purpose. One unsaved draft is kept per purpose. */
export const purposeKey = (purpose: EditorPurpose): string =>
  purpose.kind === 'new' ? (purpose.sketch === undefined ? 'new' : 'sketch') : `${purpose.kind}:${purpose.taskId}`;

/** Returns the purpose of a key; null for keys of an older version. */
export function purposeOfKey(key: string): EditorPurpose | null {
  if (key === 'new') return { kind: 'new' };
  // The fields are in the draft.
  if (key === 'sketch') return { kind: 'new', sketch: emptySketch };
  const [, kind, taskId] = /^(edit|duplicate):(.+)$/.exec(key) ?? [];
  if (taskId === undefined || (kind !== 'edit' && kind !== 'duplicate')) return null;
  return { kind, taskId };
}

/**
 * Returns what was typed and not saved; null if there is nothing. Fields in the format of an older version are replaced
 * by those of `initial`.
 */
export function storedDraft(preferences: PreferencesStore, key: string, initial: TaskForm): TaskForm | null {
  const kept = preferences.getState().drafts[key];
  if (typeof kept !== 'object' || kept === null) return null;
  const known = Object.entries(kept).filter(([field, value]) =>
    Object.entries(initial).some(([name, own]) => name === field && (typeof own === typeof value || own === null)),
  );
  return { ...initial, ...Object.fromEntries(known) };
}

export function keepDraft(preferences: PreferencesStore, key: string, form: TaskForm): void {
  preferences.setState((state) => ({ drafts: { ...state.drafts, [key]: form } }));
}

export function forgetDraft(preferences: PreferencesStore, key: string): void {
  preferences.setState(({ drafts }) => {
    const { [key]: _forgotten, ...rest } = drafts;
    return { drafts: rest };
  });
}
