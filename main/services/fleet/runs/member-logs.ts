import { z } from 'zod';
import type { FleetRun } from '../../../contract/fleet-runs.ts';
import type { LogChunk } from '../../../contract/log-chunk.ts';
import { SchedulerError, messageOf } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { LogAnswer, LogRequest } from '../../../ports/fleet/fleet-runs.ts';
import type { MemberKeys } from '../../../ports/fleet/member-keys.ts';
import type { ExecutionRecords } from '../../../ports/ledger/executions.ts';
import type { Store } from '../../../ports/store.ts';
import type { FleetConnection } from '../fleet-connection.ts';

export interface MemberLogsNeeds {
  readonly connection: Pick<FleetConnection, 'membership' | 'call'>;
  readonly keys: MemberKeys;
  readonly ledger: Pick<ExecutionRecords, 'get'>;
  readonly store: Pick<Store, 'read'>;
  /** Reads a log of this machine. */
  readonly read: (executionId: string, offset: number, maxBytes?: number) => Promise<LogChunk>;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** A part of the log of a run, on whichever member. */
export interface LogPiece {
  readonly executionId: string;
  readonly offset: number;
}

const mostBytes = 256 * 1024;
/** A member whose app or `serve` runs answers within a second; after this time in ms it is taken for away. */
const patienceMs = 8000;
const firstLookMs = 40;
const longestLookMs = 500;

const questionSchema = z.object({
  ...{ fleetId: z.string(), id: z.string(), memberId: z.string() },
  ...{ executionId: z.string(), offset: z.number().int().min(0) },
});
type Question = z.infer<typeof questionSchema>;

/**
 * Reads logs of other members, through the fleet's database, while the member that has the log is there; and gives out logs of
 * shared tasks of this machine, to members whose keys are accepted here.
 */
export class MemberLogs {
  readonly #needs: MemberLogsNeeds;

  constructor(needs: MemberLogsNeeds) {
    this.#needs = needs;
  }

  /**
   * Reads a piece of the log of a run that any member made.
   * @throws SchedulerError `fleet/run-not-found`, `fleet/log-away` (its member does not answer), `fleet/log-refused`, `fleet/away`.
   */
  async read({ executionId, offset }: LogPiece): Promise<LogChunk> {
    const { connection, ledger, read } = this.#needs;
    if (ledger.get(executionId) !== null) return read(executionId, offset, mostBytes);
    const run = await connection.call((database) => database.runs.find(executionId));
    if (run === null) throw notFound(executionId);
    const { fleetId } = connection.membership();
    const id = this.#needs.newId();
    await this.#ask({ fleetId, id, memberId: run.memberId, executionId, offset });
    const answer = await this.#answerTo(id);
    if (answer === null) throw await this.#away(run);
    if ('chunk' in answer) return answer.chunk;
    throw new SchedulerError('fleet/log-refused', `${run.member} does not give out the log: ${answer.refused}.`, {
      member: run.member,
    });
  }

  /** Answers the requests of other members, as many as it can. @throws as the database, after the last one. */
  async answerAll(): Promise<void> {
    const { connection } = this.#needs;
    const { memberId } = connection.membership();
    const problems: unknown[] = [];
    for (const request of await connection.call((database) => database.runs.asked(memberId))) {
      const answer = await this.#answerOf(request);
      await connection
        .call((database) => database.runs.answer(request.id, answer))
        .catch((problem: unknown) => problems.push(problem));
    }
    if (problems.length > 0) throw problems[0];
  }

  async #ask(question: Question): Promise<void> {
    const { connection, keys } = this.#needs;
    const text = JSON.stringify(question);
    const { id, memberId } = question;
    const request = { id, memberId, text, signature: keys.sign(text), key: keys.publicKey() };
    await connection.call((database) => database.runs.ask(request));
  }

  async #answerTo(id: string): Promise<LogAnswer | null> {
    const { connection, clock } = this.#needs;
    const untilMs = clock.now() + patienceMs;
    for (let waitMs = firstLookMs; clock.now() < untilMs; waitMs = Math.min(2 * waitMs, longestLookMs)) {
      await new Promise<void>((resolve) => void clock.setTimer(resolve, waitMs));
      const answer = await connection.call((database) => database.runs.take(id));
      if (answer !== null) return answer;
    }
    return null;
  }

  async #away({ memberId, member }: FleetRun): Promise<SchedulerError> {
    const members = await this.#needs.connection.call((database) => database.members.list());
    const seenAt = members.find(({ id }) => id === memberId)?.seenAt ?? null;
    const seen = seenAt === null ? 'it left the fleet' : `its last sign of life was at ${seenAt}`;
    const message = `The log is on ${member}, which does not answer now: ${seen}. It can be read while the app or \`serve\` runs there.`;
    return new SchedulerError('fleet/log-away', message, { member, seenAt });
  }

  async #answerOf(request: LogRequest): Promise<LogAnswer> {
    try {
      const refused = this.#refusal(request);
      if (refused !== null) return { refused };
      const { executionId, offset } = questionOf(request);
      return { chunk: await this.#needs.read(executionId, offset, mostBytes) };
    } catch (problem) {
      return { refused: messageOf(problem) };
    }
  }

  #refusal(request: LogRequest): string | null {
    const { connection, keys, ledger, store } = this.#needs;
    const fleet = connection.membership();
    const isAccepted = Object.values(fleet.accepted).some(({ key }) => key === request.key);
    if (!isAccepted) return `the key of the member that asks, ${keys.fingerprint(request.key)}, is not accepted there`;
    if (!keys.verify(request.key, request.text, request.signature)) return 'the signature of the request is wrong';
    const { fleetId, id, memberId, executionId } = questionOf(request);
    if (fleetId !== fleet.fleetId || id !== request.id || memberId !== fleet.memberId)
      return 'the request was signed for another member';
    const taskId = ledger.get(executionId)?.taskId;
    if (taskId === undefined) return 'the run was removed by its retention';
    // Local tasks are nobody else's concern.
    return store.read().tasks[taskId]?.shared === undefined ? 'its task is not shared any more' : null;
  }
}

const questionOf = ({ text }: LogRequest): Question => questionSchema.parse(JSON.parse(text));

const notFound = (executionId: string): SchedulerError =>
  new SchedulerError(
    'fleet/run-not-found',
    `No member of the fleet has reported a run ${JSON.stringify(executionId)}.`,
    {
      executionId,
    },
  );
