import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { signIn } from '../../bridge/web-session.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import styles from './sign-in.module.css';

const c = bindClasses(styles);

interface SignInProps {
  /** Why an earlier attempt failed; null if there was none. */
  problem: string | null;
  onSignedIn: () => void;
}

/** The page of a browser that is not signed in. */
export function SignIn({ problem: earlier, onSignedIn }: SignInProps) {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState(earlier);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    const reason = await signIn(token.trim());
    setBusy(false);
    setProblem(reason);
    if (reason === null) onSignedIn();
  };
  return (
    <main className={c('page')}>
      <EmptyState icon={<KeyRound />} title={text.shell.product}>
        <p>{text.web.hint}</p>
        <code className={c('command')} data-selectable>
          {text.web.command}
        </code>
        <form
          className={c('form')}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Field label={text.web.token} error={problem}>
            {(ids) => (
              <TextInput
                {...ids}
                code
                autoFocus
                type="password"
                autoComplete="current-password"
                value={token}
                onChange={(event) => setToken(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" look="primary" busy={isBusy}>
            {text.web.signIn}
          </Button>
        </form>
      </EmptyState>
    </main>
  );
}
