import { useStore } from 'zustand';
import { useSession } from '../../session-context.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useDraftOffer } from '../editor/use-draft-offer.ts';
import { BackupsDialog } from '../history/backups-dialog.tsx';
import { HistoryDialog } from '../history/history-dialog.tsx';
import { ConnectAgentDialog } from '../agents/connect-agent-dialog.tsx';
import { ProposalDialog } from '../agents/proposal-dialog.tsx';
import { TaskEditor } from '../editor/task-editor.tsx';
import { EntriesDialog } from '../entries/entries-dialog.tsx';
import { MachineWaiting } from '../machines/machine-waiting.tsx';
import { BackfillDialog } from '../groups/backfill-dialog.tsx';
import { MoveDialog } from '../groups/move-dialog.tsx';
import { PauseDialog } from '../pause/pause-dialog.tsx';
import { QuickAddDialog } from '../quick-add/quick-add-dialog.tsx';
import { RecipesDialog } from '../recipes/recipes-dialog.tsx';
import { Tour } from '../tour/tour.tsx';
import { CommandPalette } from '../palette/command-palette.tsx';
import { CurrentView } from './current-view.tsx';
import { Toasts } from './toasts.tsx';
import { Loading } from '../../ui/loading.tsx';
import { useKeptFocus } from '../../ui/use-kept-focus.ts';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { StateBanners } from './state-banners.tsx';
import { Unreachable } from './unreachable.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const c = bindClasses(styles);

/** The main window. */
export function Shell() {
  const { stores, machine } = useSession();
  const connected = useStore(stores.schedule, (state) => state.schedule !== null);
  const failure = useStore(stores.schedule, (state) => state.failure);
  if (connected) return <ConnectedShell />;
  if (machine !== null) return <MachineWaiting name={machine} />;
  return failure === null ? <Waiting /> : <Unreachable message={failure} />;
}

const Waiting = () => (
  <div className={c('waiting')}>
    <Loading />
  </div>
);

function ConnectedShell() {
  useShortcuts();
  useDraftOffer();
  useKeptFocus();
  const { stores, machine } = useSession();
  const { editor, history, paletteOpen, quickAddOpen, move, backfillTaskId, pauseTaskId, entriesOpen, ...others } =
    useStore(stores.navigation);
  const { proposalId, shortcutsOpen, connectOpen, recipe } = others;
  return (
    <div className={c('shell')}>
      <Sidebar />
      <main className={c('main')}>
        <StateBanners />
        {machine === null && <Tour />}
        <CurrentView />
      </main>
      {editor && <TaskEditor purpose={editor} />}
      {move && <MoveDialog request={move} />}
      {backfillTaskId !== null && <BackfillDialog taskId={backfillTaskId} />}
      {pauseTaskId !== null && <PauseDialog taskId={pauseTaskId} />}
      {entriesOpen && <EntriesDialog />}
      {history?.kind === 'history' && <HistoryDialog taskId={history.taskId} name={history.name} />}
      {history?.kind === 'backups' && <BackupsDialog />}
      {quickAddOpen && <QuickAddDialog />}
      {recipe && <RecipesDialog key={recipe.name} first={recipe.name} />}
      {connectOpen && <ConnectAgentDialog />}
      {proposalId !== null && <ProposalDialog />}
      {shortcutsOpen && <ShortcutsDialog />}
      {paletteOpen && <CommandPalette />}
      <Toasts />
    </div>
  );
}
