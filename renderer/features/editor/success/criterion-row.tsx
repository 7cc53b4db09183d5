import { X } from 'lucide-react';
import type { OutputSource, TriedCriterion } from '../../../../main/contract/success.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { optionsOf, Select } from '../../../ui/select.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import { comparesValue, readCriterion } from './criterion-form.ts';
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
  const typed = { form, change };
  switch (form.kind) {
    case 'json':
      return <JsonFields {...typed} />;
    case 'file':
      return (
        <>
          <TypedText {...typed} field="path" label={words.file} placeholder={words.filePlaceholder} code />
          <TypedText {...typed} field="youngerThan" label={words.younger} placeholder={words.youngerPlaceholder} />
          <TypedText {...typed} field="minBytes" label={words.bytes} placeholder={words.bytesPlaceholder} />
        </>
      );
    case 'empty':
    case 'not-empty':
      return <SourceField source={form.source} change={change} />;
    default: {
      const isText = form.kind === 'contains' || form.kind === 'lacks';
      const [label, placeholder] = isText
        ? [words.text, words.textPlaceholder]
        : [words.pattern, words.patternPlaceholder];
      return (
        <>
          <TypedText {...typed} field="text" label={label} placeholder={placeholder} code />
          <SourceField source={form.source} change={change} />
        </>
      );
    }
  }
}

function JsonFields({ form, change }: CriterionFieldsProps) {
  const typed = { form, change };
  return (
    <>
      <TypedText {...typed} field="path" label={words.path} placeholder={words.pathPlaceholder} code />
      <Select
        aria-label={words.test}
        value={form.is}
        options={optionsOf(words.tests)}
        onChange={(is) => change({ is })}
      />
      {comparesValue(form.is) && (
        <TypedText {...typed} field="value" label={words.value} placeholder={words.valuePlaceholder} code />
      )}
    </>
  );
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

interface TypedTextProps extends CriterionFieldsProps {
  field: 'text' | 'path' | 'value' | 'youngerThan' | 'minBytes';
  label: string;
  placeholder: string;
  code?: boolean;
}

function TypedText({ form, change, field, label, placeholder, code = false }: TypedTextProps) {
  return (
    <TextInput
      code={code}
      aria-label={label}
      title={label}
      placeholder={placeholder}
      value={form[field]}
      onChange={(event) => change({ [field]: event.target.value })}
    />
  );
}
