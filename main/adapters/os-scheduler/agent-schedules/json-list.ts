import { applyEdits, modify, parse, parseTree, findNodeAtLocation, type JSONPath, type ParseError } from 'jsonc-parser';
import type { ScheduleSwitches } from './schedule-program.ts';

/** How a program's JSON lists its schedules. */
export interface JsonListForm {
  /** The path of the list; empty if the file is the list. */
  readonly list: JSONPath;
  /** The fields that switch a schedule off; null if only its removal does. */
  readonly off: Readonly<Record<string, unknown>> | null;
}

type Item = Readonly<Record<string, unknown>>;

/** Returns the items of the list. @throws Error if the text is not JSON or has no such list */
export function itemsOf(text: string, { list }: Pick<JsonListForm, 'list'>): Item[] {
  const errors: ParseError[] = [];
  const root: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  if (errors.length > 0) throw new Error('it is not valid JSON');
  const found = list.reduce<unknown>((value, key) => (isItem(value) ? value[String(key)] : undefined), root);
  if (found === undefined && isItem(root)) return [];
  if (!Array.isArray(found)) throw new Error(`it has no list "${list.join('.') || 'of schedules'}"`);
  return found.filter(isItem);
}

/** Returns how to switch schedules in such a file. All bytes that are not part of the change stay as they are. */
export function jsonSwitches(form: JsonListForm): Omit<ScheduleSwitches, 'afterwards'> {
  const pathOf = (text: string, id: string): JSONPath | null => {
    const root = parseTree(text.replace(/^\uFEFF/, ' '));
    const list = root && findNodeAtLocation(root, form.list);
    const index = (list?.children ?? []).findIndex((item) => findNodeAtLocation(item, ['id'])?.value === id);
    return index < 0 ? null : [...form.list, index];
  };
  return {
    switchOff: (text, id) => {
      const path = pathOf(text, id);
      if (path === null) return text;
      if (form.off === null) return changed(text, path, undefined);
      return Object.entries(form.off).reduce((now, [field, value]) => changed(now, [...path, field], value), text);
    },
    switchOn: (text, id, before) => {
      const item = itemsOf(before, form).find((each) => each['id'] === id);
      const path = pathOf(text, id);
      if (form.off === null)
        return path === null ? changed(text, [...form.list, itemsOf(text, form).length], item) : text;
      if (path === null) return null;
      return Object.keys(form.off).reduce((now, field) => changed(now, [...path, field], item?.[field]), text);
    },
  };
}

function changed(text: string, path: JSONPath, value: unknown): string {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  // The byte order mark is one character, and so is what stands for it while the text is parsed.
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  return mark + applyEdits(body, modify(body, path, value, { formattingOptions }));
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
