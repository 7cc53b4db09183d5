import { nameOfCommand } from '../../../../main/contract/shell-line-name.ts';
import { readCurl } from '../../../../main/contract/curl/read-curl.ts';
import { text } from '../../../text/en.ts';
import { durationText } from '../../../text/format.ts';
import type { TaskForm } from '../task-form.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Fields outside the form of the request that a cURL command can set. */
export type Around = Pick<TaskForm, 'name' | 'timeout' | 'retries'>;

export type CurlFill =
  | {
      readonly parameters: Parameters;
      readonly around: Partial<Around>;
      /** What was set outside the form, and what the request does not keep of the command: one sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly problem: string };

/** What a cURL command says as a whole: what it does not name, its request does not have. */
const ofTheRequest = new Set('url method headers body redirect proxy caFile insecure saveTo'.split(' '));

/**
 * Returns the form of a request filled from a cURL command, or why the command is no request. The codes that count as
 * success stay.
 * @param around the fields around the form; null where there are none
 */
export function fillFromCurl(command: string, parameters: Parameters, around: Around | null): CurlFill {
  const reading = readCurl(command);
  if (reading.request === null) return { problem: reading.problem };
  const { request, policies, lost } = reading;
  const kept = Object.entries(parameters).filter(([name]) => !ofTheRequest.has(name));
  const limit = policies.timeoutMs === undefined ? {} : { timeout: durationText(policies.timeoutMs) };
  const retries = policies.retries === undefined ? {} : { retries: String(policies.retries.count) };
  const name = around?.name.trim() === '' ? { name: nameOfCommand(request.url) } : {};
  return {
    parameters: { ...Object.fromEntries(kept), ...request },
    around: around === null ? {} : { ...name, ...limit, ...retries },
    notes: [...text.curlPaste.limits({ ...limit, ...retries }, around !== null), ...lost],
  };
}
