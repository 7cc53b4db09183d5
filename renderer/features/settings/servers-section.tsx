import { useState } from 'react';
import { serverNameProblem } from '../../../main/contract/server-name.ts';
import type { McpServer, Settings } from '../../../main/contract/settings.ts';
import { useCommands, useSession, useSettings } from '../../session-context.tsx';
import { showToast } from '../../stores/toast-store.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import { TextArea, TextInput } from '../../ui/text-input.tsx';
import { readEnvironment } from '../editor/form-reading.ts';
import { Section } from './section.tsx';
import { KeptServerRow, useKeptServers } from './servers/kept-servers.tsx';
import { ServerSignInRow, useSignIns } from './servers/sign-in.tsx';
import { parseServerLine, serverLine } from './server-line.ts';
import styles from './settings.module.css';

const c = bindClasses(styles);

export function ServersSection({ settings }: { settings: Settings }) {
  useSignIns();
  useKeptServers();
  const words = text.settings;
  const servers = Object.entries(settings.mcpServers);
  return (
    <Section title={words.servers}>
      {servers.length === 0 && <p className={c('remark')}>{words.noServers}</p>}
      {servers.map(([name, server]) => (
        <ServerRow key={name} name={name} server={server} settings={settings} />
      ))}
      <AddServer settings={settings} />
      {servers.length > 0 && <ListTools />}
    </Section>
  );
}

interface ServerRowProps {
  name: string;
  server: McpServer;
  settings: Settings;
}

function ServerRow({ name, server, settings }: ServerRowProps) {
  const commands = useCommands();
  const { stores } = useSession();
  const remove = async () => {
    const { [name]: removed, ...rest } = settings.mcpServers;
    if (!(await commands.settings.change({ mcpServers: rest })) || !removed) return;
    const undo = () => {
      const present = stores.settings.getState().settings?.mcpServers ?? rest;
      void commands.settings.change({ mcpServers: { ...present, [name]: removed } });
    };
    showToast(stores.toasts, {
      tone: 'info',
      message: text.settings.removed(name),
      action: { label: text.common.undo, run: undo },
    });
  };
  return (
    <div className={c('server')}>
      <div className={c('serverText')}>
        <strong>{name}</strong>
        <code title={serverLine(server)}>{serverLine(server)}</code>
      </div>
      <ServerState name={name} />
      <Button size="small" look="quiet" onClick={() => void remove()}>
        {text.settings.remove}
      </Button>
      <KeptServerRow name={name} />
      <ServerSignInRow name={name} />
      <ServerTools name={name} />
    </div>
  );
}

function ServerTools({ name }: { name: string }) {
  const tools = useSettings((state) => state.tools);
  const own = (tools ?? []).filter(({ tool }) => tool.startsWith(`${name}:`));
  if (own.length === 0) return null;
  return (
    <details className={c('serverTools')}>
      <summary>{text.settings.toolsOf(name)}</summary>
      <ul data-selectable>
        {own.map(({ tool, description }) => (
          <li key={tool}>
            <code>{tool}</code> {description}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ServerState({ name }: { name: string }) {
  const tools = useSettings((state) => state.tools);
  const problem = useSettings((state) => state.unavailable.find(({ server }) => server === name)?.message);
  if (problem !== undefined) return <span className={c('bad')}>{problem}</span>;
  if (!tools) return <span className={c('faint')}>{text.settings.notAsked}</span>;
  const count = tools.filter(({ tool }) => tool.startsWith(`${name}:`)).length;
  return <span className={c('faint')}>{text.settings.tools(count)}</span>;
}

function AddServer({ settings }: { settings: Settings }) {
  const commands = useCommands();
  const words = text.settings;
  const [name, setName] = useState('');
  const [line, setLine] = useState('');
  const [env, setEnv] = useState('');
  const [errors, setErrors] = useState<{ name?: string; line?: string; env?: string }>({});
  const add = async () => {
    const server = parseServerLine(line);
    const variables = readEnvironment(env);
    const wrong = {
      ...(serverNameProblem(name) !== null && { name: words.serverNameMissing }),
      ...(Object.hasOwn(settings.mcpServers, name) && { name: words.serverNameTaken }),
      ...(!server && { line: words.serverCommandMissing }),
      ...(variables.problem !== null && { env: text.editor.errors.env(variables.problem) }),
    };
    setErrors(wrong);
    if (!server || Object.keys(wrong).length > 0) return;
    const whole = Object.keys(variables.env).length === 0 ? server : { ...server, env: variables.env };
    if (!(await commands.settings.change({ mcpServers: { ...settings.mcpServers, [name]: whole } }))) return;
    setEnv('');
    setName('');
    setLine('');
    void commands.settings.loadTools();
  };
  return (
    <form
      className={c('add')}
      aria-label={words.addServer}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={words.serverName} error={errors.name}>
        {(ids) => <TextInput {...ids} value={name} onChange={(event) => setName(event.target.value.trim())} />}
      </Field>
      <Field label={words.serverCommand} hint={words.serverCommandHint} error={errors.line}>
        {(ids) => <TextInput {...ids} code value={line} onChange={(event) => setLine(event.target.value)} />}
      </Field>
      <Button type="submit">{words.add}</Button>
      <div className={c('addEnv')}>
        <Field label={words.environment} hint={words.environmentHint} error={errors.env}>
          {(ids) => <TextArea {...ids} code rows={1} value={env} onChange={(event) => setEnv(event.target.value)} />}
        </Field>
      </div>
    </form>
  );
}

function ListTools() {
  const commands = useCommands();
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    await commands.settings.loadTools();
    setAsking(false);
  };
  return (
    <div className={c('tools')}>
      <Button size="small" disabled={asking} onClick={() => void ask()}>
        {asking ? text.settings.listing : text.settings.listTools}
      </Button>
    </div>
  );
}
