import { X } from 'lucide-react';
import type { OutputSource, TriedCriterion } from '../../../../main/contract/success.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { readCriterion } from './criterion-form.ts';
import type { CriterionForm } from './criterion-form.ts';
import styles from './criterion-row.module.css';

const c = bindClasses(styles);
const words = text.success;

interface CriterionRowProps {
  position: number;
  form: CriterionForm;
  tried: TriedCriterion | undefined;
  showsError: boolean;
  onChange: (form: CriterionForm) => void;
  onRemove: () => void;
}

/** One success criterion: what it checks, its fields, and what became of it on a trial. */
export function CriterionRow({ position, form, tried, showsError, onChange, onRemove }: CriterionRowProps) {
  const read = readCriterion(form);
  const error = showsError && !read.ok ? read.error : null;
  const change = (fields: Partial<CriterionForm>) => onChange({ ...form, ...fields });
  return (
    <div className={c('row')} role="group" aria-label={words.check(position)}>
      <div className={c('line')}>
        <Select
          aria-label={words.check(position)}
          value={form.kind}
          options={optionsOf(words.kinds)}
          onChange={(kind) => change({ kind })}
        />
        <CriterionFields form={form} change={change} />
        <IconButton label={words.remove(position)} icon={<X aria-hidden />} onClick={onRemove} />
      </div>
      {error !== null && <p className={c('error')}>{error}</p>}
      {tried !== undefined && (
        <p className={c('tried', tried.state)} role="status">
          {tried.state === 'unmet' ? `${words.states.unmet}: ${tried.message}.` : `${words.states[tried.state]}.`}
        </p>
      )}
    </div>
  );
}

interface CriterionFieldsProps {
  form: CriterionForm;
  change: (fields: Partial<CriterionForm>) => void;
}

function CriterionFields({ form, change }: CriterionFieldsProps) {
  switch (form.kind) {
    case 'json':
      return <JsonFields form={form} change={change} />;
    case 'file':
      return <FileFields form={form} change={change} />;
    case 'empty':
    case 'not-empty':
      return <SourceField source={form.source} change={change} />;
    default: {
      const isText = form.kind === 'contains' || form.kind === 'lacks';
      return (
        <>
          <TextInput
            code
            aria-label={isText ? words.text : words.pattern}
            placeholder={isText ? words.textPlaceholder : words.patternPlaceholder}
            value={form.text}
            onChange={(event) => change({ text: event.target.value })}
          />
          <SourceField source={form.source} change={change} />
        </>
      );
    }
  }
}

function SourceField({ source, change }: { source: OutputSource; change: CriterionFieldsProps['change'] }) {
  return (
    <Select
      aria-label={words.source}
      value={source}
      options={optionsOf(words.sources)}
      onChange={(chosen) => change({ source: chosen })}
    />
  );
}

function JsonFields({ form, change }: CriterionFieldsProps) {
  const compares = form.is !== 'exists' && form.is !== 'missing';
  return (
    <>
      <TextInput
        code
        aria-label={words.path}
        placeholder={words.pathPlaceholder}
        value={form.path}
        onChange={(event) => change({ path: event.target.value })}
      />
      <Select
        aria-label={words.test}
        value={form.is}
        options={optionsOf(words.tests)}
        onChange={(is) => change({ is })}
      />
      {compares && (
        <TextInput
          code
          aria-label={words.value}
          placeholder={words.valuePlaceholder}
          value={form.value}
          onChange={(event) => change({ value: event.target.value })}
        />
      )}
    </>
  );
}

function FileFields({ form, change }: CriterionFieldsProps) {
  return (
    <>
      <TextInput
        code
        aria-label={words.file}
        placeholder={words.filePlaceholder}
        value={form.path}
        onChange={(event) => change({ path: event.target.value })}
      />
      <TextInput
        aria-label={words.younger}
        title={words.younger}
        placeholder={words.youngerPlaceholder}
        value={form.youngerThan}
        onChange={(event) => change({ youngerThan: event.target.value })}
      />
      <TextInput
        aria-label={words.bytes}
        title={words.bytes}
        placeholder={words.bytesPlaceholder}
        value={form.minBytes}
        onChange={(event) => change({ minBytes: event.target.value })}
      />
    </>
  );
}

/** Returns the choices of a record of texts, in its order. */
function optionsOf<T extends string>(labels: Readonly<Record<T, string>>): { value: T; label: string }[] {
  return (Object.keys(labels) as T[]).map((value) => ({ value, label: labels[value] }));
}
