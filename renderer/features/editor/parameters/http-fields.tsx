import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Ref } from 'react';
import { looksLikeCurl } from '../../../../main/contract/curl/read-curl.ts';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select, optionsOf } from '../../../ui/select.tsx';
import { TextArea, TextInput } from '../../../ui/text-input.tsx';
import type { BuiltInFieldsProps } from './built-in-forms.ts';
import { CodesField } from './codes-field.tsx';
import { CurlPasteButton } from './curl-paste.tsx';
import {
  bodyKindOf,
  bodyText,
  headerRows,
  httpErrors,
  withBody,
  withBodyKind,
  withHeaders,
} from './http-parameters.ts';
import type { HeaderRow, HttpErrors } from './http-parameters.ts';
import { withOptional } from './shell-parameters.ts';
import { useCurlPaste } from './use-curl-paste.ts';
import type { CurlPaste } from './use-curl-paste.ts';
import styles from './parameters-field.module.css';

const c = bindClasses(styles);
const words = text.httpForm;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

interface PartProps extends Pick<BuiltInFieldsProps, 'parameters' | 'onChange'> {
  errors: HttpErrors;
}

/** The request of an `http:request` task. Rarer parameters (redirects, proxy, certificates) are in the JSON view. */
export function HttpFields({ parameters, error, aside, autoFocus, onChange, around, onAround }: BuiltInFieldsProps) {
  const paste = useCurlPaste({ parameters, onChange, around, onAround });
  const url = useRef<HTMLInputElement>(null);
  const known = error === undefined ? {} : httpErrors(parameters);
  // An error of the tool itself, which no field of this form explains, stands at the address.
  const errors = error !== undefined && Object.keys(known).length === 0 ? { url: error } : known;
  const part = { parameters, onChange, errors };
  return (
    <>
      <Address {...part} {...{ aside, autoFocus, paste }} ref={url} />
      <CurlPasteButton paste={paste} onFilled={() => url.current?.focus()} />
      <Headers {...part} />
      <Body key={paste.version} {...part} />
      <CodesField
        {...{ label: words.codes, placeholder: words.codesPlaceholder, hint: words.codesHint }}
        codes={parameters['expectStatus']}
        error={errors.expectStatus}
        onChange={(expectStatus) => onChange(withOptional(parameters, 'expectStatus', expectStatus))}
      />
    </>
  );
}

interface AddressProps extends PartProps, Pick<BuiltInFieldsProps, 'aside' | 'autoFocus'> {
  paste: CurlPaste;
  ref: Ref<HTMLInputElement>;
}

function Address({ parameters, errors, aside, autoFocus, onChange, paste, ref }: AddressProps) {
  const { url, method } = parameters;
  const chosen = typeof method === 'string' ? method.toUpperCase() : 'GET';
  const all = methods.includes(chosen) ? methods : [...methods, chosen];
  return (
    <Field label={words.url} error={errors.url} aside={aside}>
      {(ids) => (
        <div className={c('row')}>
          <span className={c('method')}>
            <Select
              aria-label={words.method}
              value={chosen}
              options={optionsOf(Object.fromEntries(all.map((name) => [name, name])))}
              onChange={(name) => onChange({ ...parameters, method: name })}
            />
          </span>
          <TextInput
            {...ids}
            ref={ref}
            code
            autoFocus={autoFocus}
            inputMode="url"
            placeholder={words.urlPlaceholder}
            value={typeof url === 'string' ? url : ''}
            onChange={(event) => onChange({ ...parameters, url: event.target.value })}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain');
              if (looksLikeCurl(pasted) && paste.take(pasted) === null) event.preventDefault();
            }}
          />
        </div>
      )}
    </Field>
  );
}

/** The headers, one row each. A row whose name is empty is only in this form, so that a name can be typed again. */
function Headers({ parameters, onChange }: PartProps) {
  const [typed, setTyped] = useState<readonly HeaderRow[]>(() => headerRows(parameters));
  const saved = headerRows(parameters);
  // The kind of the body changes a header too.
  const rows = sameRows(headerRows(withHeaders({}, typed)), saved) ? typed : saved;
  const set = (changed: readonly HeaderRow[]) => {
    setTyped(changed);
    onChange(withHeaders(parameters, changed));
  };
  const change = (index: number, row: HeaderRow) => set(rows.map((old, at) => (at === index ? row : old)));
  return (
    <div className={c('rows')} role="group" aria-label={words.headers}>
      {rows.map(([name, value], index) => (
        <div key={index} className={c('row')}>
          <TextInput
            code
            aria-label={words.headerName(index + 1)}
            autoFocus={name === '' && value === ''}
            value={name}
            onChange={(event) => change(index, [event.target.value, value])}
          />
          <TextInput
            code
            aria-label={words.headerValue(index + 1)}
            value={value}
            onChange={(event) => change(index, [name, event.target.value])}
          />
          <IconButton
            label={words.removeHeader(name)}
            icon={<X aria-hidden />}
            onClick={() => set(rows.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button size="small" look="quiet" icon={<Plus aria-hidden />} onClick={() => setTyped([...rows, ['', '']])}>
        {words.addHeader}
      </Button>
    </div>
  );
}

const sameRows = (a: readonly HeaderRow[], b: readonly HeaderRow[]): boolean => JSON.stringify(a) === JSON.stringify(b);

function Body({ parameters, errors, onChange }: PartProps) {
  const kind = bodyKindOf(parameters);
  return (
    <div className={c('rows')}>
      <div className={c('row')}>
        <span>{words.bodyKind}</span>
        <Segmented
          label={words.bodyKind}
          value={kind}
          options={optionsOf(words.bodyKinds)}
          onChange={(chosen) => onChange(withBodyKind(parameters, chosen))}
        />
      </div>
      {kind !== 'none' && <BodyField key={kind} {...{ parameters, errors, onChange, kind }} />}
    </div>
  );
}

interface BodyFieldProps extends PartProps {
  kind: 'json' | 'form' | 'text';
}

function BodyField({ parameters, errors, kind, onChange }: BodyFieldProps) {
  // What is typed stays as it is: the encoded form would lose empty lines and unfinished names.
  const [typed, setTyped] = useState(() => bodyText(parameters));
  return (
    <Field label={words.bodyLabel} hint={words.bodyHint[kind]} error={errors.body}>
      {(ids) => (
        <TextArea
          {...ids}
          code
          rows={4}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(withBody(parameters, kind, event.target.value));
          }}
        />
      )}
    </Field>
  );
}
