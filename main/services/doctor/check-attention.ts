import type { DoctorCheck } from '../../contract/cli.ts';
import type { Store } from '../../ports/store.ts';
import { attentionTitle } from '../attention/attention-words.ts';
import type { TaskAttention } from '../attention/task-attention.ts';

export interface AttentionDoctorNeeds {
  readonly store: Store;
  readonly attention: Pick<TaskAttention, 'of'>;
}

/** Reports each task that is late, takes too long or is overdue. */
export function checkAttention({ store, attention }: AttentionDoctorNeeds): DoctorCheck[] {
  if (store.state().state !== 'ok') return [];
  const file = store.read();
  return [...attention.of(Object.values(file.tasks), file)].flatMap(([taskId, all]) =>
    all.map(({ kind, message }): DoctorCheck => {
      const title = attentionTitle(file.tasks[taskId]?.name ?? taskId, kind);
      return { id: `task/${kind}:${taskId}`, title, status: 'warning', message, fixable: false };
    }),
  );
}
