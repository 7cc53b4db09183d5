import { useState } from 'react';
import type { BuiltInFieldsProps } from './built-in-forms.ts';
import { fillFromCurl } from './fill-from-curl.ts';
import type { Around } from './fill-from-curl.ts';

type Parameters = BuiltInFieldsProps['parameters'];

interface Filled {
  before: { parameters: Parameters; around: Around | null };
  after: Parameters;
  notes: readonly string[];
}

export interface CurlPaste {
  /** Fills the form. Returns why the text is no request; null if the form is filled. */
  take: (command: string) => string | null;
  /** The notes of the last command that filled the form; null if there is none. */
  notes: readonly string[] | null;
  /** Restores the form as it was. Null once the form was changed by hand. */
  undo: (() => void) | null;
  /** Changes each time the form is filled or restored, so that fields which keep what is typed start again. */
  version: number;
}

/** Fills the form of a request from a cURL command, with one Undo. */
export function useCurlPaste({
  parameters,
  around: given,
  onChange,
  onAround,
}: Pick<BuiltInFieldsProps, 'parameters' | 'onChange' | 'around' | 'onAround'>): CurlPaste {
  const around = given ?? null;
  const [filled, setFilled] = useState<Filled | null>(null);
  const [version, setVersion] = useState(0);
  const show = (shown: Parameters, fields: Partial<Around>) => {
    onChange(shown);
    if (Object.keys(fields).length > 0) onAround?.(fields);
    setVersion((old) => old + 1);
  };
  const undo = ({ before }: Filled) => {
    show(before.parameters, before.around ?? {});
    setFilled(null);
  };
  return {
    take: (command) => {
      const fill = fillFromCurl(command, parameters, around);
      if ('problem' in fill) return fill.problem;
      const fields = around && { name: around.name, timeout: around.timeout, retries: around.retries };
      setFilled({ before: { parameters, around: fields }, after: fill.parameters, notes: fill.notes });
      show(fill.parameters, fill.around);
      return null;
    },
    notes: filled?.notes ?? null,
    undo: filled && JSON.stringify(filled.after) === JSON.stringify(parameters) ? () => undo(filled) : null,
    version,
  };
}
