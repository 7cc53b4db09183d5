import { useState } from 'react';
import type { AlertRule, AlertSettings } from '../../../../main/contract/alerts/rules.ts';
import { useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import settingsStyles from '../settings.module.css';
import styles from './alerts.module.css';
import { RuleDialog } from './rule-dialog.tsx';
import { useScopeLabels, type ScopeLabels } from './rule-scope.tsx';

const c = bindClasses({ ...settingsStyles, ...styles });
const words = text.alerts;
/** A rule for more tasks and groups than these says how many. */
const NAMED_LIMIT = 3;

/** Which events of which tasks go to which channels. */
export function AlertRules({ alerts: { rules, channels } }: { alerts: AlertSettings }) {
  const { alerts } = useCommands();
  const labels = useScopeLabels();
  /** The index of the rule in the dialog, that after the last for a new one; null without a dialog. */
  const [edited, setEdited] = useState<number | null>(null);
  const save = async (rule: AlertRule) => {
    const changed = edited === null || edited >= rules.length ? [...rules, rule] : rules.with(edited, rule);
    if ((await alerts.setRules(changed)) !== null) setEdited(null);
  };
  return (
    <>
      <p className={c('remark')}>
        <strong>{words.rules}</strong> {words.rulesHint}
      </p>
      {rules.map((rule, index) => (
        // A rule has no id: its place is what the person sees.
        <div key={index} className={c('channel')}>
          <div className={c('serverText')}>
            {rule.events.map((event) => words.events[event]).join(', ')}
            <p className={c('faint')}>{words.rule(scopeOf(rule, labels), rule.channels.join(', '))}</p>
          </div>
          <Button
            size="small"
            look="quiet"
            aria-label={words.editRuleNumber(index + 1)}
            onClick={() => setEdited(index)}
          >
            {words.edit}
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-label={words.removeRuleNumber(index + 1)}
            onClick={() => void alerts.setRules(rules.toSpliced(index, 1))}
          >
            {words.remove}
          </Button>
        </div>
      ))}
      <div className={c('buttons')}>
        <Button onClick={() => setEdited(rules.length)}>{words.addRule}</Button>
      </div>
      {edited !== null && (
        <RuleDialog
          rule={rules[edited] ?? null}
          channels={Object.keys(channels)}
          onSave={(rule) => void save(rule)}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function scopeOf(
  { tags, groups, tasks, afterFailures, everyTime, quietHours }: AlertRule,
  labels: ScopeLabels,
): string {
  const named = [
    ...(tasks ?? []).map((id) => labels.tasks.get(id) ?? words.gone(id)),
    ...(groups ?? []).map((id) => labels.groups.get(id) ?? words.gone(id)),
  ];
  const some = named.length > NAMED_LIMIT ? [words.someTasks(named.length)] : named;
  const chosen = [...(tags ? [words.tagged(tags.join(', '))] : []), ...some];
  return [
    ...(chosen.length === 0 ? [words.allTasks] : chosen),
    ...(afterFailures !== undefined && afterFailures > 1 ? [words.after(afterFailures)] : []),
    ...(everyTime === true ? [words.eachFailure] : []),
    ...(quietHours ? [words.quiet(quietHours.from, quietHours.to)] : []),
  ].join(', ');
}
