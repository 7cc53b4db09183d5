import type { Application } from '../../application/application.ts';
import { addOthers } from './others-seeds.ts';
import { addRuns, addRunning, historyOf } from './run-seeds.ts';
import { typicalDrafts } from './samples.ts';
import { addTasks } from './task-seeds.ts';
import type { WindowOutside } from './window-outside.ts';

/** Names in scripts that are wide, that run from right to left, that mix directions, and that are too long for a line. */
const names: readonly [name: string, tag: string][] = [
  ['備份家庭照片到網路儲存裝置', '備份'],
  ['毎週月曜日の売上レポートを作成して送信する', '売上'],
  ['서버 로그 정리', '로그'],
  ['نسخ الصور احتياطيًا إلى القرص الخارجي', 'نسخ'],
  ['גיבוי של backup.tar.gz לשרת NAS', 'גיבוי'],
  ['Überprüfung der Datenbankverbindungszeitüberschreitungsprotokolle aller Außenstellen', 'prüfung'],
  ['📦 Ẑ̷a̶lgo ship-it 🚀', 'émojis'],
];

/** Adds tasks whose names are hard to lay out, with runs, failures and one that runs now. */
export async function addNames(outside: WindowOutside, application: Application): Promise<void> {
  const { clock } = outside;
  const drafts = names.map(
    ([name, tag], index) => ({ ...typicalDrafts[index], name, tags: [tag] }) as (typeof typicalDrafts)[0],
  );
  const tasks = addTasks(outside, drafts, clock.now());
  addRuns(
    outside,
    tasks.flatMap((task, index) => historyOf(task, clock.now(), index)),
  );
  const [first] = tasks;
  if (first !== undefined) addRunning(outside, first);
  addOthers(outside);
  await (await application.entries()).sync();
}
