import { useState } from 'react';
import { memberNameSchema, memberTagSchema, type FleetMemberView } from '../../../../main/contract/fleet.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { TagInput } from '../../../ui/tag-input.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import shared from '../settings.module.css';
import styles from './fleet.module.css';

const c = bindClasses({ ...shared, ...styles });
const words = text.fleet;

/** Joins a fleet in two steps: the address first, then, with its members in sight, the name and whose tasks run here. */
export function JoinForm() {
  const { fleet } = useCommands();
  const [url, setUrl] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [members, setMembers] = useState<readonly FleetMemberView[] | null>(null);
  const isAddress = () => {
    const isValid = /^postgres(ql)?:\/\/\S+$/.test(url);
    setError(isValid ? undefined : words.urlWrong);
    return isValid;
  };
  const look = async () => isAddress() && setMembers(await fleet.look(url));
  const prepare = async () => {
    if (isAddress() && (await fleet.init(url)) !== null) setMembers(await fleet.look(url));
  };
  if (members !== null) return <JoinAs url={url} members={members} onBack={() => setMembers(null)} />;
  return (
    <form
      className={c('addPairs')}
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <p className={c('whole', 'faint')}>{words.none}</p>
      <div className={c('whole')}>
        <Field label={words.url} hint={words.urlHint} error={error}>
          {(ids) => (
            <TextInput
              {...ids}
              code
              type="password"
              autoComplete="off"
              value={url}
              onChange={(event) => setUrl(event.target.value.trim())}
            />
          )}
        </Field>
      </div>
      <div className={c('whole', 'buttons')}>
        <Button look="quiet" title={words.prepareHint} onClick={() => void prepare()}>
          {words.prepare}
        </Button>
        <Button type="submit">{words.look}</Button>
      </div>
    </form>
  );
}

interface JoinAsProps {
  url: string;
  members: readonly FleetMemberView[];
  onBack: () => void;
}

function JoinAs({ url, members, onBack }: JoinAsProps) {
  const { fleet } = useCommands();
  const [name, setName] = useState('');
  const [tags, setTags] = useState<readonly string[]>([]);
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const [errors, setErrors] = useState<{ name?: string; tags?: string }>({});
  const join = () => {
    const wrong = {
      ...(!memberNameSchema.safeParse(name).success && { name: words.nameWrong }),
      ...(!tags.every((tag) => memberTagSchema.safeParse(tag).success) && { tags: words.tagsWrong }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) void fleet.join({ url, name, tags: [...tags], accept: [...accepted] });
  };
  return (
    <form
      className={c('addPairs')}
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        join();
      }}
    >
      <Field label={words.name} error={errors.name}>
        {(ids) => <TextInput {...ids} value={name} onChange={(event) => setName(event.target.value.trim())} />}
      </Field>
      <Field label={words.tags} hint={words.tagsHint} error={errors.tags}>
        {(ids) => <TagInput {...ids} tags={tags} known={[]} onChange={setTags} />}
      </Field>
      <div className={c('whole')}>
        {members.length === 0 ? (
          <p className={c('faint')}>{words.first}</p>
        ) : (
          <KeyChoices members={members} accepted={accepted} onChange={setAccepted} />
        )}
      </div>
      <div className={c('whole', 'buttons')}>
        <Button look="quiet" onClick={onBack}>
          {words.back}
        </Button>
        <Button type="submit" look="primary">
          {words.join}
        </Button>
      </div>
    </form>
  );
}

interface KeyChoicesProps {
  members: readonly FleetMemberView[];
  /** Fingerprints. */
  accepted: readonly string[];
  onChange: (accepted: readonly string[]) => void;
}

/** The members whose tasks this machine will run. None is chosen before a person has compared the fingerprints. */
function KeyChoices({ members, accepted, onChange }: KeyChoicesProps) {
  return (
    <fieldset className={c('keys')}>
      <legend>{words.accept}</legend>
      <p className={c('faint')}>{words.acceptHint}</p>
      {members.map(({ id, name, fingerprint }) => (
        <label key={id} className={c('keyChoice')}>
          <input
            type="checkbox"
            checked={accepted.includes(fingerprint)}
            onChange={({ target }) =>
              onChange(target.checked ? [...accepted, fingerprint] : accepted.filter((each) => each !== fingerprint))
            }
          />
          <span>{name}</span>
          <code>{fingerprint}</code>
        </label>
      ))}
    </fieldset>
  );
}
