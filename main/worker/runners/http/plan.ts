import { httpRequest } from '../../../contract/built-in/http-request.ts';
import type { RedirectMode } from '../../../contract/built-in/http-request.ts';
import { httpProblem } from '../../../domain/built-in/http-problem.ts';
import { ParameterReader } from '../parameters.ts';
import { splitCredentials } from './credentials.ts';
import type { HttpRequest } from './redirects.ts';

/** What the parameters of `http:request` ask for. */
export interface HttpPlan {
  readonly request: HttpRequest;
  readonly redirect: RedirectMode;
  /** Absent: as the environment says. */
  readonly proxy: string | undefined;
  readonly caFile: string | undefined;
  readonly insecure: boolean;
  readonly saveTo: string | undefined;
  /** Null: any status from 200 to 299. */
  readonly expectStatus: readonly number[] | null;
}

/** Returns whether a status counts as success. */
export const fits = ({ expectStatus }: HttpPlan, status: number): boolean =>
  expectStatus ? expectStatus.includes(status) : status >= 200 && status <= 299;

type Name = keyof typeof httpRequest.inputSchema.properties;
type Reader = ParameterReader<Name>;

/** @throws SchedulerError `execution/bad-parameters` that names the parameter. */
export function readPlan(parameters: Readonly<Record<string, unknown>>): HttpPlan {
  const read = new ParameterReader(httpRequest, parameters);
  const found = httpProblem(parameters);
  if (found !== null) throw read.bad(found.parameter as Name, found.problem);
  return {
    request: requestOf(read),
    redirect: read.choice('redirect', httpRequest.inputSchema.properties.redirect.enum) ?? 'follow',
    proxy: read.text('proxy'),
    caFile: read.text('caFile'),
    insecure: read.flag('insecure') ?? false,
    saveTo: read.text('saveTo'),
    expectStatus: read.integers('expectStatus') ?? null,
  };
}

function requestOf(read: Reader): HttpRequest {
  const address = read.text('url');
  if (address === undefined) throw read.bad('url', 'is required');
  const { url, authorization } = splitCredentials(address);
  const method = (read.text('method') ?? 'GET').toUpperCase();
  const headers = withAuthorization(read.textRecord('headers') ?? {}, authorization);
  if (!read.has('body')) return { url, method, headers };
  const body = read.raw('body');
  if (typeof body === 'string') return { url, method, headers, body };
  const jsonHeaders = hasHeader(headers, 'content-type') ? headers : { ...headers, 'content-type': 'application/json' };
  return { url, method, headers: jsonHeaders, body: JSON.stringify(body) };
}

const hasHeader = (headers: Readonly<Record<string, string>>, wanted: string): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === wanted);

/** A header that the task sets itself wins over the user name and password of its address. */
function withAuthorization(headers: Record<string, string>, authorization: string | null): Record<string, string> {
  return authorization === null || hasHeader(headers, 'authorization') ? headers : { ...headers, authorization };
}
