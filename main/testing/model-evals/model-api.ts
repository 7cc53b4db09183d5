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

/** Sends a request, again while the API is overloaded or counts too many. @throws Error with what the API said */
export async function post(
  { baseUrl, wait = waitFor }: Pick<ApiAccess, 'baseUrl' | 'wait'>,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as Record<string, unknown>;
    const isBusy = response.status === 429 || response.status >= 500;
    if (!isBusy || attempt === attempts)
      throw new Error(`${baseUrl}${path} answered ${response.status}: ${text.slice(0, 500)}`);
    const asked = Number(response.headers.get('retry-after') ?? Number.NaN);
    await wait(1000 * (Number.isFinite(asked) ? Math.min(asked, longestWait) : 2 ** attempt));
  }
}

const waitFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
