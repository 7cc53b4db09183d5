import { useState } from 'react';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select, optionsOf } from '../../../ui/select.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import { amountOf, linesOf, listOf, withAgent, withPromptKind } from './agent-parameters.ts';
import type { BuiltInFieldsProps } from './built-in-forms.ts';
import styles from './parameters-field.module.css';
import { withOptional } from './shell-parameters.ts';

const c = bindClasses(styles);
const words = text.agentForm;
type AgentName = keyof typeof words.agents;
type Permissions = keyof typeof words.permissionChoices;
type PartProps = Pick<BuiltInFieldsProps, 'parameters' | 'onChange'>;

/** The prompt, the agent that gets it, and what the agent may do. */
export function AgentFields({ parameters: given, error, aside, autoFocus, onChange: save }: BuiltInFieldsProps) {
  const parameters = withAgent(given);
  const onChange = (changed: BuiltInFieldsProps['parameters']) => save(withAgent(changed));
  const part = { parameters, onChange };
  const permissions = (parameters['permissions'] ?? 'ask') as Permissions;
  return (
    <>
      <Field label={words.agent} aside={aside}>
        {(ids) => (
          <Select
            {...ids}
            value={parameters['agent'] as AgentName}
            options={optionsOf(words.agents)}
            onChange={(agent) => onChange({ ...parameters, agent })}
          />
        )}
      </Field>
      {parameters['agent'] === 'command' && (
        <Lines {...part} name="command" label={words.command} hint={words.commandHint} />
      )}
      <Prompt {...part} {...{ error, autoFocus }} />
      <Field label={words.permissions} hint={words.permissionsHint}>
        {(ids) => (
          <Select
            {...ids}
            value={permissions}
            options={optionsOf(words.permissionChoices)}
            onChange={(chosen) => onChange({ ...parameters, permissions: chosen })}
          />
        )}
      </Field>
      <Rare {...part} />
    </>
  );
}

function Prompt({
  parameters,
  error,
  autoFocus,
  onChange,
}: PartProps & Pick<BuiltInFieldsProps, 'error' | 'autoFocus'>) {
  const { prompt, promptFile } = parameters;
  const fromFile = promptFile !== undefined;
  return (
    <>
      <div>
        <Segmented
          label={words.prompt}
          value={fromFile ? 'file' : 'text'}
          options={[
            { value: 'text', label: words.prompt },
            { value: 'file', label: words.fromFile },
          ]}
          onChange={(kind) => onChange(withPromptKind(parameters, kind === 'file'))}
        />
      </div>
      <Field label={fromFile ? words.promptFile : words.prompt} error={error}>
        {(ids) =>
          fromFile ? (
            <TextInput
              {...ids}
              code
              value={typeof promptFile === 'string' ? promptFile : ''}
              onChange={(event) => onChange({ ...parameters, promptFile: event.target.value })}
            />
          ) : (
            <TextArea
              {...ids}
              rows={4}
              autoFocus={autoFocus}
              placeholder={words.promptPlaceholder}
              value={typeof prompt === 'string' ? prompt : ''}
              onChange={(event) => onChange({ ...parameters, prompt: event.target.value })}
            />
          )
        }
      </Field>
    </>
  );
}

/** A list of words, typed one in each line. */
function Lines({ parameters, onChange, name, label, hint }: PartProps & { name: string; label: string; hint: string }) {
  const [typed, setTyped] = useState(() => linesOf(parameters[name]));
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <TextArea
          {...ids}
          code
          rows={2}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(withOptional(parameters, name, listOf(event.target.value)));
          }}
        />
      )}
    </Field>
  );
}

function Rare({ parameters, onChange }: PartProps) {
  const { model, allowedTools, mcpServers, maxCostUsd } = parameters;
  const [cost, setCost] = useState(() =>
    typeof maxCostUsd === 'number' || typeof maxCostUsd === 'string' ? String(maxCostUsd) : '',
  );
  const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
  const shownModel = typeof model === 'string' ? model : '';
  return (
    <Disclosure
      title={words.more}
      summary={words.summary(shownModel, count(allowedTools), count(mcpServers))}
      startOpen={[model, allowedTools, mcpServers, maxCostUsd].some((value) => value !== undefined)}
    >
      <div className={c('rows')}>
        <Field label={words.model}>
          {(ids) => (
            <TextInput
              {...ids}
              code
              placeholder={words.modelPlaceholder}
              value={shownModel}
              onChange={(event) => onChange(withOptional(parameters, 'model', event.target.value))}
            />
          )}
        </Field>
        <Lines
          {...{ parameters, onChange }}
          name="allowedTools"
          label={words.allowedTools}
          hint={words.allowedToolsHint}
        />
        <Lines {...{ parameters, onChange }} name="mcpServers" label={words.mcpServers} hint={words.mcpServersHint} />
        <Field label={words.maxCost} hint={words.maxCostHint}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="decimal"
              value={cost}
              onChange={(event) => {
                setCost(event.target.value);
                onChange(withOptional(parameters, 'maxCostUsd', amountOf(event.target.value)));
              }}
            />
          )}
        </Field>
      </div>
    </Disclosure>
  );
}
