import { shellRun } from '../../../../main/contract/built-in/shell-run.ts';
import { usePreferences, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea } from '../../../ui/text-input.tsx';
import type { BuiltInFieldsProps, RareFieldsProps } from './built-in-forms.ts';
import { CodesField } from './codes-field.tsx';
import { codesText } from './http-parameters.ts';
import styles from './parameters-field.module.css';
import { exitCodesError, hidesFailures, withOptional } from './shell-parameters.ts';

const c = bindClasses(styles);
const words = text.shellForm;

/** The command of a `shell:run` task. */
export function ShellFields({ parameters, error, aside, autoFocus, onChange, onPaste }: BuiltInFieldsProps) {
  const { command } = parameters;
  const codesError = error === undefined ? undefined : exitCodesError(parameters);
  const typed = typeof command === 'string' ? command : '';
  return (
    <>
      <Field label={text.editor.command} error={codesError === undefined ? error : null} aside={aside}>
        {(ids) => (
          <TextArea
            {...ids}
            code
            rows={2}
            autoFocus={autoFocus}
            placeholder={text.editor.commandPlaceholder}
            value={typed}
            onChange={(event) => onChange({ ...parameters, command: event.target.value })}
            onPaste={onPaste}
          />
        )}
      </Field>
      {hidesFailures(typed) && <PipeHint />}
    </>
  );
}

/** Shown until the person has read it once. */
function PipeHint() {
  const { stores } = useSession();
  const isRead = usePreferences((state) => state.pipeHintRead);
  if (isRead) return null;
  return (
    <p className={c('note')} role="note">
      {words.pipeHint}{' '}
      <Button size="small" onClick={() => stores.preferences.setState({ pipeHintRead: true })}>
        {words.pipeDone}
      </Button>
    </p>
  );
}

const shells = ['', ...shellRun.inputSchema.properties.shell.enum].map((value) => ({
  value,
  label: value === '' ? words.defaultShell : value,
}));

/** What is rarely needed: another shell, input and exit codes. */
export function RareShellFields({ parameters, error, onChange }: RareFieldsProps) {
  const codesError = error === undefined ? undefined : exitCodesError(parameters);
  const { shell, stdin, successExitCodes } = parameters;
  const set = (name: string) => (value: unknown) => onChange(withOptional(parameters, name, value));
  const isSet = shell !== undefined || stdin !== undefined || successExitCodes !== undefined;
  return (
    <Disclosure
      title={words.more}
      summary={words.summary(typeof shell === 'string' ? shell : '', stdin !== undefined, codesText(successExitCodes))}
      startOpen={isSet}
      forceOpen={codesError !== undefined}
    >
      <div className={c('rows')}>
        <Field label={words.shell}>
          {(ids) => (
            <Select
              {...ids}
              value={typeof shell === 'string' ? shell : ''}
              options={shells}
              onChange={(value) => set('shell')(value)}
            />
          )}
        </Field>
        <Field label={words.stdin} hint={words.stdinHint}>
          {(ids) => (
            <TextArea
              {...ids}
              code
              rows={2}
              value={typeof stdin === 'string' ? stdin : ''}
              onChange={(event) => set('stdin')(event.target.value)}
            />
          )}
        </Field>
        <CodesField
          {...{ label: words.codes, placeholder: words.codesPlaceholder, hint: words.codesHint }}
          codes={successExitCodes}
          error={codesError}
          onChange={set('successExitCodes')}
        />
      </div>
    </Disclosure>
  );
}
