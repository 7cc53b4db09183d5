import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/contrast.css';
import './styles/ansi.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { browserWindow } from './browser-window.tsx';
import { readBridge } from './bridge/read-bridge.ts';
import { createSession } from './session.ts';

const root = document.getElementById('root');
if (root) {
  const isFromServer = window.ncpScheduler === undefined && window.location.protocol.startsWith('http');
  const session = window.ncpScheduler ? createSession(readBridge(window.ncpScheduler)) : null;
  createRoot(root).render(isFromServer ? browserWindow() : <App session={session} />);
}
