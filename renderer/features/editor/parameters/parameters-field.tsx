import type { Tool } from '../../../../main/contract/tool.ts';
import { text } from '../../../text/en.ts';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { builtInFormOf } from './built-in-forms.ts';
import type { BuiltInFieldsProps } from './built-in-forms.ts';
import { readJsonObject } from '../form-reading.ts';
import { SchemaForm } from './schema-form.tsx';
import { hasForm } from './schema.ts';
import type { ParametersForm } from '../task-form.ts';
import styles from './parameters-field.module.css';

const c = bindClasses(styles);

interface ParametersFieldProps extends Pick<BuiltInFieldsProps, 'around' | 'onAround' | 'autoFocus' | 'onPaste'> {
  form: ParametersForm;
  /** Undefined while the tools are being listed, or if the tool is not configured. */
  tool: Tool | undefined;
  error: string | undefined;
  onChange: (change: Partial<ParametersForm>) => void;
}

/** The parameters of the tool: a form made from its JSON schema, or the JSON itself. Rarely needed ones are apart. */
export function ParametersField({ form, tool, error, onChange, ...ofTool }: ParametersFieldProps) {
  const builtIn = builtInFormOf(form.tool);
  const Fields = builtIn?.canShow(form.parameters) === true ? builtIn.Fields : null;
  const schema = tool && hasForm(tool.inputSchema) ? tool.inputSchema : null;
  const canForm = Fields !== null || schema !== null;
  const asJson = form.parametersText !== null || !canForm;
  const toggle = canForm && <FormOrJson form={form} onChange={onChange} />;
  if (asJson) {
    return (
      <Field label={text.editor.parameters} hint={text.editor.parametersHint} error={error} aside={toggle}>
        {(ids) => (
          <TextArea
            {...ids}
            code
            rows={4}
            value={form.parametersText ?? jsonText(form.parameters)}
            onChange={(event) => onChange({ parametersText: event.target.value })}
          />
        )}
      </Field>
    );
  }
  const change = (parameters: Readonly<Record<string, unknown>>) => onChange({ parameters });
  if (Fields) {
    const fields = { parameters: form.parameters, error, aside: toggle, onChange: change };
    return <Fields {...fields} {...ofTool} />;
  }
  return (
    <fieldset className={c('group')}>
      <div className={c('head')}>
        <legend>{text.editor.parameters}</legend>
        {toggle}
      </div>
      {error !== undefined && (
        <p className={c('error')} role="alert">
          {error}
        </p>
      )}
      {schema && <SchemaForm schema={schema} value={form.parameters} onChange={change} />}
    </fieldset>
  );
}

/** The parameters of a built-in tool that few tasks need; nothing for other tools and while the JSON is shown. */
export function RareParameters({ form, error, onChange }: Pick<ParametersFieldProps, 'form' | 'error' | 'onChange'>) {
  const builtIn = builtInFormOf(form.tool);
  if (!builtIn?.RareFields || form.parametersText !== null || !builtIn.canShow(form.parameters)) return null;
  const { RareFields } = builtIn;
  return <RareFields parameters={form.parameters} error={error} onChange={(parameters) => onChange({ parameters })} />;
}

const jsonText = (parameters: Readonly<Record<string, unknown>>): string =>
  Object.keys(parameters).length === 0 ? '{}' : JSON.stringify(parameters, null, 2);

function FormOrJson({ form, onChange }: Pick<ParametersFieldProps, 'form' | 'onChange'>) {
  const choose = (kind: 'form' | 'json') => {
    if (kind === 'json') {
      onChange({ parametersText: form.parametersText ?? jsonText(form.parameters) });
      return;
    }
    const read = readJsonObject(form.parametersText ?? '');
    // Invalid JSON cannot be shown as a form, so the text stays; saving reports the error.
    if (read.error === null) onChange({ parameters: read.value, parametersText: null });
  };
  return (
    <Segmented
      label={text.editor.parametersAs}
      value={form.parametersText === null ? 'form' : 'json'}
      options={[
        { value: 'form', label: text.editor.asForm },
        { value: 'json', label: text.editor.asJson },
      ]}
      onChange={choose}
    />
  );
}
