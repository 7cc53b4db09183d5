import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './text-input.module.css';

const c = bindClasses(styles);

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  code?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function TextInput({ code = false, ...rest }: TextInputProps) {
  return <input type="text" spellCheck={false} autoComplete="off" className={c('input', code && 'code')} {...rest} />;
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  code?: boolean;
}

/** A text area that grows with its text, up to a third of the window. */
export function TextArea({ code = false, ...rest }: TextAreaProps) {
  return <textarea spellCheck={false} className={c('input', 'area', code && 'code')} {...rest} />;
}
