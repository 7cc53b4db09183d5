import type { Criterion, JsonCriterion, OutputSource } from '../../../../main/contract/success.ts';
import { text } from '../../../text/en.ts';
import { durationText, parseDuration } from '../../../text/format.ts';

type CriterionKind = Criterion['check'];

/** One success criterion as typed. Fields that its kind does not have are kept, so that changing the kind loses nothing. */
export interface CriterionForm {
  kind: CriterionKind;
  source: OutputSource;
  /** A text or a regular expression. */
  text: string;
  path: string;
  is: JsonCriterion['is'];
  value: string;
  youngerThan: string;
  minBytes: string;
}

export const emptyCriterion: CriterionForm = {
  kind: 'lacks',
  source: 'output',
  text: '',
  path: '',
  is: 'equals',
  value: '',
  youngerThan: '',
  minBytes: '',
};

export function criterionFormOf(criterion: Criterion): CriterionForm {
  const form = { ...emptyCriterion, kind: criterion.check };
  switch (criterion.check) {
    case 'json':
      return { ...form, path: criterion.path, is: criterion.is, value: valueText(criterion.value) };
    case 'file': {
      const { path, youngerThanMs, minBytes } = criterion;
      const youngerThan = youngerThanMs === undefined ? '' : durationText(youngerThanMs);
      return { ...form, path, youngerThan, minBytes: minBytes === undefined ? '' : String(minBytes) };
    }
    case 'contains':
    case 'lacks':
      return { ...form, source: criterion.in ?? 'output', text: criterion.text };
    case 'matches':
    case 'lacks-match':
      return { ...form, source: criterion.in ?? 'output', text: criterion.pattern };
    case 'empty':
    case 'not-empty':
      return { ...form, source: criterion.in ?? 'output' };
  }
}

export type CriterionReading = { ok: true; value: Criterion } | { ok: false; error: string };

/** Reads a criterion as typed, or says what is missing. */
export function readCriterion(form: CriterionForm): CriterionReading {
  const words = text.success.errors;
  const source = form.source === 'output' ? {} : { in: form.source };
  switch (form.kind) {
    case 'contains':
    case 'lacks':
      return form.text === '' ? bad(words.text) : good({ check: form.kind, text: form.text, ...source });
    case 'matches':
    case 'lacks-match':
      return form.text === '' ? bad(words.pattern) : good({ check: form.kind, pattern: form.text, ...source });
    case 'empty':
    case 'not-empty':
      return good({ check: form.kind, ...source });
    case 'json':
      return readJson(form);
    case 'file':
      return readFile(form);
  }
}

/** Returns whether a test of JSON needs a value to compare with. */
export function comparesValue(is: JsonCriterion['is']): boolean {
  return is !== 'exists' && is !== 'missing' && is !== 'empty';
}

function readJson({ path, is, value }: CriterionForm): CriterionReading {
  if (path.trim() === '') return bad(text.success.errors.path);
  const check = { check: 'json', path: path.trim(), is } as const;
  if (!comparesValue(is)) return good(check);
  if (value.trim() === '') return bad(text.success.errors.value);
  const read = jsonOrText(value.trim());
  if ((is === 'below' || is === 'above') && typeof read !== 'number') return bad(text.success.errors.number);
  return good({ ...check, value: read });
}

function readFile({ path, youngerThan, minBytes }: CriterionForm): CriterionReading {
  if (path.trim() === '') return bad(text.success.errors.file);
  const youngerThanMs = youngerThan.trim() === '' ? undefined : parseDuration(youngerThan);
  if (youngerThanMs === null) return bad(text.editor.errors.duration);
  const bytes = minBytes.trim() === '' ? undefined : Number(minBytes);
  if (bytes !== undefined && !(Number.isInteger(bytes) && bytes >= 0)) return bad(text.editor.errors.count(0));
  return good({
    check: 'file',
    path: path.trim(),
    ...(youngerThanMs === undefined ? {} : { youngerThanMs }),
    ...(bytes === undefined ? {} : { minBytes: bytes }),
  });
}

const good = (value: Criterion): CriterionReading => ({ ok: true, value });
const bad = (error: string): CriterionReading => ({ ok: false, error });

/** A text that would be read as another JSON value is shown in quotes. */
function valueText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' && typeof jsonOrText(value) === 'string' ? value : JSON.stringify(value);
}

function jsonOrText(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}
