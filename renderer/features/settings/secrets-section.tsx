import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Secret } from '../../../main/contract/secrets.ts';
import { useCommands, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatAgo } from '../../text/format.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';

const c = bindClasses(styles);
const words = text.secrets;

/** Lists the names of the secrets. Values are never sent to the window. */
export function SecretsSection() {
  const { secrets } = useCommands();
  const { stores } = useSession();
  const { answer, failure } = useStore(stores.secrets);
  useEffect(() => void secrets.load(), [secrets]);
  return (
    <Section title={words.title}>
      <p className={c('remark')}>{words.hint}</p>
      {failure !== null && (
        <p className={c('remark', 'bad')} role="alert">
          {failure}
        </p>
      )}
      {answer?.secrets.length === 0 && answer.problem === null && <p className={c('remark')}>{words.none}</p>}
      {answer?.secrets.map((secret) => (
        <SecretRow key={secret.name} secret={secret} />
      ))}
      {answer && answer.note !== null && answer.problem === null && (
        <p className={c('remark', 'warnWord')} role="note">
          {answer.note}
        </p>
      )}
      {answer && answer.problem !== null ? (
        <p className={c('remark', 'warnWord')} role="status">
          {words.unusable(answer.problem)}
        </p>
      ) : (
        <AddSecret known={answer?.secrets ?? []} />
      )}
    </Section>
  );
}

function SecretRow({ secret: { name, updatedAt } }: { secret: Secret }) {
  const { secrets } = useCommands();
  const now = useNow(60_000);
  return (
    <div className={c('server')}>
      <div className={c('serverText')}>
        <strong>{name}</strong>
        <code data-selectable>{words.reference(name)}</code>
      </div>
      <span className={c('faint')}>{words.changed(formatAgo(updatedAt, now))}</span>
      <Button size="small" look="quiet" aria-label={words.removeNamed(name)} onClick={() => void secrets.remove(name)}>
        {words.remove}
      </Button>
    </div>
  );
}

function AddSecret({ known }: { known: readonly Secret[] }) {
  const { secrets } = useCommands();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [errors, setErrors] = useState<{ name?: string; value?: string }>({});
  const keep = async () => {
    const wrong = {
      ...(!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name) && { name: words.nameWrong }),
      ...(value === '' && { value: words.valueMissing }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || (await secrets.set(name, value)) === null) return;
    setName('');
    setValue('');
  };
  return (
    <form
      className={c('add')}
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <Field label={words.name} error={errors.name}>
        {(ids) => <TextInput {...ids} code value={name} onChange={(event) => setName(event.target.value.trim())} />}
      </Field>
      <Field label={words.value} error={errors.value}>
        {(ids) => (
          <TextInput
            {...ids}
            type="password"
            autoComplete="new-password"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit">{known.some((secret) => secret.name === name) ? words.replace : words.add}</Button>
    </form>
  );
}
