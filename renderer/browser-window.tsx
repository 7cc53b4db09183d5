import { useEffect, useState } from 'react';
import { App } from './app.tsx';
import { readBridge } from './bridge/read-bridge.ts';
import { WebBridge } from './bridge/web-bridge.ts';
import { askSession, signIn, takeTokenFromAddress } from './bridge/web-session.ts';
import type { WebSessionState } from './bridge/web-session.ts';
import { SignIn } from './features/sign-in/sign-in.tsx';
import { createSession } from './session.ts';
import type { Session } from './session.ts';

type Shown = WebSessionState | 'asking';

/** The window in a browser: signs in with the token of the address, else shows the sign-in page. */
function BrowserWindow({ token }: { token: string | null }) {
  const [shown, setShown] = useState<Shown>('asking');
  const [problem, setProblem] = useState<string | null>(null);
  const [session, setSession] = useState<Session | null>(null);
  const open = () => {
    // Reloading forgets everything that the signed-out page had loaded.
    const bridge = new WebBridge({ signedOut: () => window.location.reload() });
    setSession(createSession(readBridge(bridge)));
    setShown('signed-in');
  };
  useEffect(() => {
    const start = async () => {
      const reason = token === null ? null : await signIn(token);
      const state = await askSession();
      // A browser that is signed in stays so, also with a token that was used already.
      setProblem(state === 'signed-in' ? null : reason);
      if (state === 'signed-in') open();
      else setShown(state);
    };
    void start();
  }, [token]);
  if (shown === 'asking') return <div aria-busy />;
  if (shown === 'signed-out') return <SignIn problem={problem} onSignedIn={open} />;
  return <App session={session} />;
}

/** Returns the window of a page that a web server sent. Takes the token out of the address before anything else. */
export function browserWindow() {
  return <BrowserWindow token={takeTokenFromAddress()} />;
}
