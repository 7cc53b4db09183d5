import { useState } from 'react';
import { ruleKindSchema } from '../../../../main/contract/alerts/event.ts';
import type { AlertRule } from '../../../../main/contract/alerts/rules.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import settingsStyles from '../settings.module.css';
import styles from './alerts.module.css';
import { readRule, ruleValues, type RuleErrors, type RuleValues } from './rule-form.ts';

const c = bindClasses({ ...settingsStyles, ...styles });
const words = text.alerts;

interface RuleDialogProps {
  /** Null for a new rule. */
  rule: AlertRule | null;
  channels: readonly string[];
  onSave: (rule: AlertRule) => void;
  onClose: () => void;
}

export function RuleDialog({ rule, channels, onSave, onClose }: RuleDialogProps) {
  const [values, setValues] = useState<RuleValues>(() => ruleValues(rule));
  const [errors, setErrors] = useState<RuleErrors>({});
  const change = (part: Partial<RuleValues>) => setValues((before) => ({ ...before, ...part }));
  const save = () => {
    const read = readRule(values, rule);
    if ('rule' in read) onSave(read.rule);
    else setErrors(read.errors);
  };
  const typed = (name: 'tags' | 'afterFailures' | 'quietFrom' | 'quietTo', label: string, hint?: string) => (
    <Field label={label} error={errors[name]} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <TextInput {...ids} value={values[name]} onChange={(event) => change({ [name]: event.target.value })} />
      )}
    </Field>
  );
  return (
    <Dialog title={rule === null ? words.addRule : words.editRule} onDismiss={onClose}>
      <DialogBody>
        <form
          id="rule"
          className={c('form')}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Choices
            legend={words.ruleEvents}
            labels={Object.fromEntries(ruleKindSchema.options.map((kind) => [kind, words.events[kind]]))}
            chosen={values.events}
            error={errors.events}
            onChange={(events) => change({ events })}
          />
          <Choices
            legend={words.ruleChannels}
            labels={Object.fromEntries(channels.map((name) => [name, name]))}
            chosen={values.channels}
            error={errors.channels}
            onChange={(names) => change({ channels: names })}
          />
          {typed('tags', words.ruleTags, words.ruleTagsHint)}
          {typed('afterFailures', words.afterFailures)}
          <div className={c('pair')}>
            {typed('quietFrom', words.quietFrom)}
            {typed('quietTo', words.quietTo, words.quietHint)}
          </div>
        </form>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{text.common.cancel}</Button>
        <Button look="primary" type="submit" form="rule">
          {text.common.save}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

interface ChoicesProps {
  legend: string;
  labels: Readonly<Record<string, string>>;
  chosen: readonly string[];
  error: string | undefined;
  onChange: (chosen: string[]) => void;
}

/** Several of some choices, in the order in which they are listed. */
function Choices({ legend, labels, chosen, error, onChange }: ChoicesProps) {
  const all = Object.keys(labels);
  const toggle = (name: string, isOn: boolean) =>
    onChange(all.filter((each) => (each === name ? isOn : chosen.includes(each))));
  return (
    <fieldset className={c('choices')}>
      <legend>{legend}</legend>
      {all.map((name) => (
        <label key={name} className={c('choice')}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) => toggle(name, event.target.checked)}
          />
          {labels[name]}
        </label>
      ))}
      {error !== undefined && (
        <p className={c('bad')} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
