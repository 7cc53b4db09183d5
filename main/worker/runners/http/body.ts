import { Utf8Stream } from './charset.ts';
import type { FileDownload } from './file-download.ts';

/** Bytes of the response body kept in the result. The log holds as much of it as the task's output limit allows. */
const RESULT_BODY_BYTES = 64 * 1024;

interface Receiving {
  /** Receives the body as UTF-8, piece by piece. */
  readonly onText: (chunk: Uint8Array) => void;
  readonly onRemark: (sentence: string) => void;
}

/** The body as a result has it. */
export type ReceivedBody =
  | { readonly body: string; readonly bodyBytes: number; readonly bodyTruncated: boolean }
  | { readonly savedTo: string; readonly bodyBytes: number };

/** Reads the body, and keeps its beginning. */
export async function readBody(response: Response, { onText, onRemark }: Receiving): Promise<ReceivedBody> {
  const kept: Buffer[] = [];
  let bodyBytes = 0;
  let textBytes = 0;
  const utf8 = new Utf8Stream({ contentType: response.headers.get('content-type'), onRemark });
  const take = (text: Buffer): void => {
    if (text.length === 0) return;
    if (textBytes < RESULT_BODY_BYTES) kept.push(text.subarray(0, RESULT_BODY_BYTES - textBytes));
    textBytes += text.length;
    onText(text);
  };
  try {
    for await (const chunk of chunksOf(response)) {
      bodyBytes += chunk.length;
      take(utf8.push(chunk));
    }
  } finally {
    take(utf8.end());
  }
  const body = new TextDecoder().decode(Buffer.concat(kept));
  return { body, bodyBytes, bodyTruncated: textBytes > RESULT_BODY_BYTES };
}

/** Writes the body to a file. If that fails, an earlier file stays as it was. @throws NotSavedError, and what fetch throws. */
export async function saveBody(
  response: Response,
  download: FileDownload,
  { onText, onRemark }: Receiving,
): Promise<ReceivedBody> {
  const length = Number(response.headers.get('content-length') ?? NaN);
  const utf8 = new Utf8Stream({ contentType: response.headers.get('content-type'), onRemark });
  let bodyBytes = 0;
  try {
    await download.begin(Number.isFinite(length) ? length : null);
    for await (const chunk of chunksOf(response)) {
      bodyBytes += chunk.length;
      await download.write(chunk);
      onText(utf8.push(chunk));
    }
    onText(utf8.end());
    await download.complete();
  } finally {
    await download.discard();
  }
  return { savedTo: download.path, bodyBytes };
}

const chunksOf = (response: Response): AsyncIterable<Uint8Array> | Iterable<Uint8Array> =>
  (response.body ?? []) as AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
