import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { bindClasses } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import type { ControlIds } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import styles from './settings.module.css';

const c = bindClasses(styles);

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={c('section')} aria-label={title}>
      <h2 className={c('heading')}>{title}</h2>
      <div className={c('rows')}>{children}</div>
    </section>
  );
}

interface RowProps {
  label: string;
  hint?: string;
  children: (ids: ControlIds) => ReactNode;
}

/** A setting, with its label and hint on the left and its control on the right. */
export function Row({ label, hint, children }: RowProps) {
  return (
    <div className={c('row')}>
      <Field label={label} hint={hint}>
        {(ids) => <div className={c('control')}>{children(ids)}</div>}
      </Field>
    </div>
  );
}

interface TextRowProps {
  label: string;
  hint?: string;
  value: string;
  placeholder?: string;
  /** Returns null for a valid text, or else the error. */
  check: (typed: string) => string | null;
  /** May return why the text was refused. */
  onSave: (typed: string) => void | Promise<string | null>;
}

/** A typed setting. Saved on Enter and on blur if the text is valid. */
export function TextRow({ label, hint, value, placeholder, check, onSave }: TextRowProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const [refused, setRefused] = useState<{ typed: string; message: string } | null>(null);
  const isRefused = refused !== null && refused.typed === typed;
  const error = typed === value ? null : (check(typed.trim()) ?? (isRefused ? refused.message : null));
  const save = async () => {
    if (typed === value || error !== null) return;
    const message = await onSave(typed.trim());
    if (typeof message === 'string') setRefused({ typed, message });
  };
  return (
    <div className={c('row')}>
      <Field label={label} hint={hint} error={error}>
        {(ids) => (
          <div className={c('control')}>
            <TextInput
              {...ids}
              placeholder={placeholder}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onBlur={() => void save()}
              onKeyDown={(event) => event.key === 'Enter' && void save()}
            />
          </div>
        )}
      </Field>
    </div>
  );
}
