import { useId } from 'react';
import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './field.module.css';

const c = bindClasses(styles);

/** The attributes that connect a control with its label, hint and error. */
export interface ControlIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Shown to the right of the label, for example a unit. */
  aside?: ReactNode;
  children: (ids: ControlIds) => ReactNode;
}

export function Field({ label, hint, error, aside, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error) || Boolean(hint);
  return (
    <div className={c('field')}>
      <div className={c('head', aside !== undefined && 'withAside')}>
        <label className={c('label')} htmlFor={id}>
          {label}
        </label>
      </div>
      {children({
        id,
        'aria-describedby': hasNote ? noteId : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {/* After the control, so that Tab reaches the control first. */}
      {aside !== undefined && <div className={c('aside')}>{aside}</div>}
      {error ? (
        <p id={noteId} className={c('error')} role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p id={noteId} className={c('hint')}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}
