import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ServerSignIn } from '../../../../main/contract/sign-in.ts';
import { useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { Field } from '../../../ui/field.tsx';
import { TextInput } from '../../../ui/text-input.tsx';
import styles from '../settings.module.css';

const c = bindClasses(styles);
const words = text.signIn;
/** Time between two looks at a sign-in that waits for the person, in ms. */
const lookAgainMs = 1500;

/** Loads the sign-ins, and again while one waits for the person. Asks a server for its tools after a sign-in. */
export function useSignIns(): void {
  const { signIns, settings } = useCommands();
  const { stores } = useSession();
  const waits = useStore(stores.signIns, ({ list }) => list?.some(({ state }) => state === 'waiting') === true);
  useEffect(() => void signIns.load(), [signIns]);
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setInterval(() => void signIns.load(), lookAgainMs);
    return () => {
      clearInterval(timer);
      void settings.loadTools();
    };
  }, [waits, signIns, settings]);
}

/** Shows whether the person is signed in to a server over HTTP, with what can be done about it. */
export function ServerSignInRow({ name }: { name: string }) {
  const { stores } = useSession();
  const { signIns } = useCommands();
  const signIn = useStore(stores.signIns, ({ list }) => list?.find(({ server }) => server === name));
  if (signIn === undefined) return null;
  if (signIn.state === 'waiting') return <Waiting signIn={signIn} />;
  const begin = async () => {
    const page = await signIns.signIn(name);
    if (page !== null) window.open(page, '_blank', 'noopener');
  };
  const isSignedIn = signIn.state === 'signed-in';
  return (
    <div className={c('serverTools', 'signIn')} role="group" aria-label={words.signIn}>
      {isSignedIn && <span className={c('faint')}>{words.signedIn}</span>}
      {signIn.state === 'expired' && <span className={c('bad')}>{words.expired(signIn.problem)}</span>}
      {signIn.state === 'none' && signIn.problem !== null && <span className={c('bad')}>{signIn.problem}</span>}
      {!isSignedIn && (
        <Button size="small" onClick={() => void begin()}>
          {signIn.state === 'expired' ? words.signInAgain : words.signIn}
        </Button>
      )}
      {signIn.signedInAt !== null && (
        <Button size="small" look="quiet" onClick={() => void signIns.signOut(name)}>
          {words.signOut}
        </Button>
      )}
    </div>
  );
}

function Waiting({ signIn: { server, page } }: { signIn: ServerSignIn }) {
  const { signIns } = useCommands();
  const [address, setAddress] = useState('');
  return (
    <div className={c('serverTools', 'signIn')} role="status">
      <span className={c('faint')}>{words.waiting}</span>
      {page !== null && (
        <a className={c('link')} href={page} target="_blank" rel="noreferrer">
          {words.openPage}
        </a>
      )}
      <Button size="small" look="quiet" onClick={() => void signIns.cancel(server)}>
        {words.cancel}
      </Button>
      <details>
        <summary>{words.elsewhere}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (address !== '') void signIns.complete(server, address);
          }}
        >
          <Field label={words.address} hint={words.addressHint}>
            {(ids) => (
              <TextInput {...ids} code value={address} onChange={(event) => setAddress(event.target.value.trim())} />
            )}
          </Field>
          <Button size="small" type="submit">
            {words.complete}
          </Button>
        </form>
      </details>
    </div>
  );
}
