import { useState } from 'react';
import { ruleKindSchema } from '../../../../main/contract/alerts/event.ts';
import type { AlertRule } from '../../../../main/contract/alerts/rules.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import styles from './alerts.module.css';
import { Choices } from './choices.tsx';
import { readRule, ruleValues, type RuleErrors, type RuleValues } from './rule-form.ts';
import { RuleScope } from './rule-scope.tsx';

const c = bindClasses(styles);
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
          <RuleScope tasks={values.tasks} groups={values.groups} onChange={change} />
          {typed('tags', words.ruleTags, words.ruleTagsHint)}
          {typed('afterFailures', words.afterFailures)}
          <label className={c('choice')}>
            <input
              type="checkbox"
              checked={values.everyTime}
              onChange={(event) => change({ everyTime: event.target.checked })}
            />
            {words.everyTime}
          </label>
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
