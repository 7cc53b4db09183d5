import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { AgentClient } from '../../../main/contract/agents.ts';
import { agentPermissionSchema } from '../../../main/contract/agents.ts';
import { budgetText, readBudget, type Budget } from '../../../main/contract/budget.ts';
import type { Settings } from '../../../main/contract/settings.ts';
import { useCommands, useSchedule, useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import styles from './agents-section.module.css';
import { Row, Section, TextRow } from './section.tsx';
import settingsStyles from './settings.module.css';

const c = bindClasses({ ...settingsStyles, ...styles });
const words = text.agents.section;
const permissions = agentPermissionSchema.options.map((value) => ({ value, label: words.permissions[value] }));

/** The permissions and limits of each agent. */
export function AgentsSection({ settings }: { settings: Settings }) {
  const { stores } = useSession();
  const commands = useCommands();
  const clients = useStore(stores.agents, (state) => state.clients);
  const waiting = useSchedule((schedule) => schedule.waiting);
  useEffect(() => void commands.agents.loadClients(), [commands, waiting]);
  return (
    <Section title={words.title}>
      <Row label={words.unknown} hint={words.unknownHint}>
        {() => (
          <Segmented
            label={words.unknown}
            value={settings.agents.permission}
            options={permissions}
            onChange={(permission) =>
              void commands.settings
                .change({ agents: { ...settings.agents, permission } })
                .then(() => commands.agents.loadClients())
            }
          />
        )}
      </Row>
      <Row label={text.connectAgent.title} hint={text.connectAgent.intro}>
        {(ids) => (
          <Button {...ids} onClick={() => commands.navigation.setConnect(true)}>
            {text.connectAgent.button}
          </Button>
        )}
      </Row>
      {clients?.length === 0 && <p className={c('remark')}>{words.none}</p>}
      {clients?.map((client) => (
        <ClientRows key={client.name} client={client} />
      ))}
    </Section>
  );
}

function ClientRows({ client }: { client: AgentClient }) {
  const { agents } = useCommands();
  const now = useNow(30_000);
  const { name, revokedAt } = client;
  return (
    <div className={c('client')} role="group" aria-label={name}>
      <div className={c('server')}>
        <div className={c('serverText')}>
          <strong>{name}</strong>
          <p className={c('faint')}>
            {words.seen(client.version, client.lastSeenAt, now)}; {words.usage(client.tasks, client.runsLastHour)}
          </p>
        </div>
        {revokedAt === null ? (
          <>
            <Segmented
              label={words.permission(name)}
              value={client.permission}
              options={permissions}
              onChange={(permission) => void agents.changeClient(name, { permission })}
            />
            <Button size="small" onClick={() => void agents.undoClient(name)}>
              {words.undo}
            </Button>
            <Button size="small" look="danger" onClick={() => void agents.revokeClient(name)}>
              {words.revoke}
            </Button>
          </>
        ) : (
          <>
            <span className={c('bad')}>{words.revokedAt(revokedAt, now)}</span>
            <Button size="small" onClick={() => void agents.changeClient(name, { permission: 'ask' })}>
              {words.restore}
            </Button>
          </>
        )}
      </div>
      {revokedAt === null && <Limits client={client} />}
    </div>
  );
}

function Limits({ client: { name, maxTasks, runsPerHour, budget } }: { client: AgentClient }) {
  const { agents } = useCommands();
  return (
    <div className={c('limits')}>
      <TextRow
        label={words.maxTasks}
        value={String(maxTasks)}
        check={checkLimit}
        onSave={(typed) => void agents.changeClient(name, { maxTasks: Number(typed) })}
      />
      <TextRow
        label={words.runsPerHour}
        value={String(runsPerHour)}
        check={checkLimit}
        onSave={(typed) => void agents.changeClient(name, { runsPerHour: Number(typed) })}
      />
      <TextRow
        label={text.budgets.ofAgent}
        hint={text.budgets.ofAgentHint}
        value={budget === null ? '' : budgetText(budget)}
        check={checkBudget}
        onSave={(typed) => void agents.changeClient(name, { budget: budgetOf(typed) })}
      />
    </div>
  );
}

function budgetOf(typed: string): Budget | null {
  const reading = readBudget(typed);
  return typed.trim() === '' || !('budget' in reading) ? null : reading.budget;
}

function checkBudget(typed: string): string | null {
  const reading = readBudget(typed);
  return typed.trim() === '' || 'budget' in reading ? null : text.budgets.invalid(reading.wrong);
}

function checkLimit(typed: string): string | null {
  return /^\d{1,6}$/.test(typed) ? null : words.notACount;
}
