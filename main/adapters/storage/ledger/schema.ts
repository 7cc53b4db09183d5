import { SchedulerError } from '../../../domain/errors.ts';
import { runIndexStep } from './run-index.ts';
import type { SqliteDatabase } from './sqlite.ts';

/**
 * The steps from each version of the ledger to the next. A step's index is the version it starts from; `PRAGMA
 * user_version` is the number of applied steps. Never edit a step that was released: add another one.
 */
const steps: readonly string[] = [
  // 0 → 1: the first ledger. Instants are integers, ms since 1970, so that two spellings of one instant are one key. A
  // slot has exactly one row, whichever process decides it, so the primary key guarantees "exactly once". Long columns come last,
  // so that SQLite need not read them to filter and count.
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE slots (
    task_id TEXT NOT NULL,
    slot INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'skipped')),
    reason TEXT,
    detail TEXT,
    execution_id TEXT,
    succeeded INTEGER NOT NULL DEFAULT 0,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (task_id, slot)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX slots_by_execution ON slots (execution_id) WHERE execution_id IS NOT NULL;

  CREATE TABLE executions (
    sequence INTEGER PRIMARY KEY,
    execution_id TEXT NOT NULL UNIQUE,
    task_id TEXT NOT NULL,
    timing_id TEXT NOT NULL,
    trigger TEXT NOT NULL,
    slot INTEGER,
    attempt INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    completed_at INTEGER,
    status TEXT NOT NULL CHECK (
      status IN ('running', 'success', 'failure', 'timeout', 'cancelled', 'interrupted', 'skipped')
    ),
    exit_code INTEGER,
    signal TEXT,
    log_bytes INTEGER NOT NULL DEFAULT 0,
    peak_memory_bytes INTEGER,
    cpu_ms REAL,
    owner_pid INTEGER NOT NULL,
    owner_started TEXT NOT NULL,
    worker_pid INTEGER,
    worker_started TEXT,
    task_name TEXT NOT NULL,
    tool TEXT NOT NULL,
    error_code TEXT,
    log_path TEXT,
    error_message TEXT,
    parameters TEXT NOT NULL,
    result TEXT
  ) STRICT;
  CREATE INDEX executions_by_start ON executions (started_at);
  CREATE INDEX executions_by_task ON executions (task_id, started_at);
  CREATE INDEX executions_by_timing ON executions (timing_id, started_at);
  CREATE INDEX executions_by_timing_and_status ON executions (timing_id, status, started_at);
  CREATE INDEX executions_by_status ON executions (status, started_at);
  CREATE INDEX executions_by_trigger ON executions (trigger, started_at);

  CREATE TABLE run_state (
    task_id TEXT PRIMARY KEY,
    execution_count INTEGER NOT NULL DEFAULT 0,
    successful_slots INTEGER NOT NULL DEFAULT 0,
    consecutive_failures INTEGER NOT NULL DEFAULT 0,
    last_execution_id TEXT,
    last_execution_at INTEGER,
    last_status TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    action TEXT NOT NULL,
    task_id TEXT,
    before TEXT,
    after TEXT
  ) STRICT;
  CREATE INDEX audit_by_task ON audit (task_id, sequence);
  `,
  // 1 → 2: a change can be undone. `batch` groups changes made in one step (an import), `undoes` is the sequence number
  // of the change that a later one undid.
  `
  ALTER TABLE audit ADD COLUMN batch TEXT;
  ALTER TABLE audit ADD COLUMN undoes INTEGER;
  CREATE INDEX audit_by_author ON audit (author, at);
  CREATE INDEX audit_by_batch ON audit (batch) WHERE batch IS NOT NULL;
  CREATE INDEX audit_by_undoes ON audit (undoes) WHERE undoes IS NOT NULL;
  `,
  // 2 → 3: proposals of agents, kept until a person decides and for a while after, and the MCP clients that connected.
  // The partial index guarantees that a client has only one pending proposal for the same change.
  `
  CREATE TABLE proposals (
    sequence INTEGER PRIMARY KEY,
    proposal_id TEXT NOT NULL UNIQUE,
    client TEXT NOT NULL,
    version TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    basis TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'applying', 'applied', 'failed', 'rejected', 'expired')),
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by TEXT,
    note TEXT,
    task_id TEXT,
    execution_id TEXT,
    error_code TEXT,
    error_message TEXT,
    change TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX proposals_pending ON proposals (client, fingerprint) WHERE state = 'pending';
  CREATE INDEX proposals_by_state ON proposals (state, sequence);

  CREATE TABLE agent_clients (
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    PRIMARY KEY (name, version)
  ) STRICT, WITHOUT ROWID;
  `,
  // 3 → 4: the inputs of a run besides its tool and parameters. NULL for earlier runs and those of ncp.
  `
  ALTER TABLE executions ADD COLUMN setup TEXT;
  `,
  // 4 → 5: which process applies a proposal, to find out later whether it still works on it or has died.
  `
  ALTER TABLE proposals ADD COLUMN attempt TEXT;
  `,
  // 5 → 6: the line of output that decided a failure, why a success is doubtful, whether it had output, and the run that
  // a follow-up follows. NULL for earlier runs.
  `
  ALTER TABLE executions ADD COLUMN error_line TEXT;
  ALTER TABLE executions ADD COLUMN is_empty INTEGER;
  ALTER TABLE executions ADD COLUMN doubt TEXT;
  ALTER TABLE executions ADD COLUMN cause_id TEXT;
  ALTER TABLE executions ADD COLUMN cause TEXT;
  ALTER TABLE run_state ADD COLUMN last_doubtful INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX executions_doubtful ON executions (started_at) WHERE doubt IS NOT NULL;
  CREATE INDEX executions_by_cause ON executions (cause_id, started_at) WHERE cause_id IS NOT NULL;
  `,
  // 6 → 7: when a task last succeeded. Kept apart from the runs, which retention deletes: a task would seem overdue.
  `
  ALTER TABLE run_state ADD COLUMN last_success_at INTEGER;
  UPDATE run_state SET last_success_at = (
    SELECT max(completed_at) FROM executions
    WHERE executions.task_id = run_state.task_id AND status = 'success' AND trigger <> 'test'
  );
  `,
  // 7 → 8: slots that wait in a process, so that another process does not call them missed.
  `
  CREATE TABLE waits (
    task_id TEXT NOT NULL,
    slot INTEGER NOT NULL,
    owner_pid INTEGER NOT NULL,
    owner_started TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('jitter', 'overlap', 'turn')),
    PRIMARY KEY (task_id, slot, owner_pid, owner_started)
  ) STRICT, WITHOUT ROWID;
  `,
  // 8 → 9: alerts that leave the machine, in order for each channel, and the causes of open failures that were sent.
  `
  CREATE TABLE alerts (
    sequence INTEGER PRIMARY KEY,
    alert_id TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    task_id TEXT,
    execution_id TEXT,
    event TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'dropped')),
    created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    possibly_twice INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    owner_pid INTEGER,
    owner_started TEXT,
    lease_until INTEGER
  ) STRICT;
  CREATE INDEX alerts_open ON alerts (channel, not_before, sequence) WHERE state IN ('waiting', 'sending');
  CREATE INDEX alerts_by_channel ON alerts (channel, state, sequence);
  CREATE INDEX alerts_by_end ON alerts (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE alert_causes (
    task_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (task_id, channel)
  ) STRICT, WITHOUT ROWID;
  `,
  // 9 → 10: what runs use, by day, of the tasks and agents that can have a budget. Kept apart from the runs, which retention
  // deletes. `counted` names for each account of a run the day on which it counts.
  `
  CREATE TABLE usage (
    account TEXT NOT NULL,
    day TEXT NOT NULL,
    runs INTEGER NOT NULL DEFAULT 0,
    run_ms INTEGER NOT NULL DEFAULT 0,
    cost_usd REAL,
    PRIMARY KEY (account, day)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE executions ADD COLUMN counted TEXT;
  `,
  // 10 → 11: an index of runs for searches and totals.
  runIndexStep,
];

/** The ledger version that this app writes. */
export const ledgerVersion = steps.length;

/**
 * Brings a ledger to `ledgerVersion` in one transaction, even if other processes open it at the same time. Calls
 * `atBirth` in that transaction, in the one process that creates the tables of a new ledger.
 *
 * @throws SchedulerError `store/ledger-newer` for a ledger written by a newer app, which stays unchanged.
 */
export function migrateLedger(database: SqliteDatabase, path: string, atBirth: () => void): void {
  const version = readVersion(database);
  if (version === ledgerVersion) return;
  if (version > ledgerVersion) throw newerLedger(path, version);
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have migrated the ledger while this one waited for the lock.
    const found = readVersion(database);
    for (let from = found; from < ledgerVersion; from += 1) {
      database.exec(steps[from] ?? '');
      database.exec(`PRAGMA user_version = ${from + 1}`);
    }
    if (found === 0) atBirth();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function readVersion(database: SqliteDatabase): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function newerLedger(path: string, version: number): SchedulerError {
  return new SchedulerError(
    'store/ledger-newer',
    `The ledger ${path} was written by a newer version of NCP Scheduler (ledger version ${version}; this app supports up to ${ledgerVersion}). Update the app. Nothing was changed.`,
    { path, version, known: ledgerVersion },
  );
}
