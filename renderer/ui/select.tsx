import { ChevronDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './select.module.css';

const c = bindClasses(styles);

export interface Option<T extends string> {
  value: T;
  label: string;
}

interface SelectProps<T extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange'> {
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  compact?: boolean;
}

/** Returns the choices of a record of texts, in its order. */
export function optionsOf<T extends string>(labels: Readonly<Record<T, string>>): Option<T>[] {
  return Object.keys(labels)
    .filter((value): value is T => value in labels)
    .map((value) => ({ value, label: labels[value] }));
}

/** The native drop-down of the system, for a few fixed choices. */
export function Select<T extends string>({ value, options, onChange, compact = false, ...rest }: SelectProps<T>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <span className={c('wrap', compact && 'compact')}>
      <select className={c('select')} value={value} onChange={(event) => choose(event.target.value)} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className={c('chevron')} />
    </span>
  );
}
