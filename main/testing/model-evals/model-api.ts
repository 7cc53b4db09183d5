/** A tool as a model sees it. */
interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: object;
}

export interface ModelCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/** What a model says, and the tools that it calls. Without calls, its turn is over. */
export interface ModelTurn {
  readonly text: string;
  readonly calls: readonly ModelCall[];
}

export interface CallAnswer {
  readonly id: string;
  readonly text: string;
  readonly isError: boolean;
}

/** One conversation with a model. It keeps what was said. */
interface Conversation {
  say(text: string): Promise<ModelTurn>;
  answer(answers: readonly CallAnswer[]): Promise<ModelTurn>;
}

export type OpenConversation = (instructions: string, tools: readonly OfferedTool[]) => Conversation;

export interface ApiAccess {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly key: string;
  readonly model: string;
  /** Waits before another attempt. @default a timer */
  readonly wait?: (ms: number) => Promise<void>;
}

/** How often a request is sent that the API refuses for the moment. */
const attempts = 5;
/** Longest wait that an API can ask for, in seconds. */
const longestWait = 120;

/**
 * Sends a request, again while the API is overloaded, counts too many or breaks the connection off.
 * @throws Error with what the API said
 */
export async function post(
  { baseUrl, wait = waitFor }: Pick<ApiAccess, 'baseUrl' | 'wait'>,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await answerOf(`${baseUrl}${path}`, headers, body);
    if (answer.isRight) return JSON.parse(answer.text) as Record<string, unknown>;
    if (!answer.isBusy || attempt === attempts) throw new Error(`${baseUrl}${path} ${answer.text}`, answer);
    await wait(1000 * (answer.waitFor === null ? 2 ** attempt : Math.min(answer.waitFor, longestWait)));
  }
}

type Answer =
  | { readonly isRight: true; readonly text: string }
  | {
      readonly isRight: false;
      /** True if it is worth another attempt. */
      readonly isBusy: boolean;
      /** What is wrong, after the address. */
      readonly text: string;
      /** The wait that the API asks for, in seconds; null if it names none. */
      readonly waitFor: number | null;
      readonly cause?: unknown;
    };

async function answerOf(url: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.ok) return { isRight: true, text };
    const asked = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      ...{ isRight: false, isBusy: response.status === 429 || response.status >= 500 },
      ...{ text: `answered ${response.status}: ${text.slice(0, 500)}`, waitFor: Number.isFinite(asked) ? asked : null },
    };
  } catch (problem) {
    // `fetch` itself only says that it failed.
    const cause = problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
    const text = `did not answer: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { isRight: false, isBusy: true, text, waitFor: null, cause: problem };
  }
}

const waitFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
