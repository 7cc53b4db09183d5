import type { ParameterProblem } from './parameter-problem.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Methods that fetch never sends (Fetch standard, "forbidden method"). */
const forbidden = new Set(['CONNECT', 'TRACE', 'TRACK']);
/** The name of a header (RFC 9110, "token"). */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
/** A character that a header cannot have: fetch sends Latin-1 without line breaks. */
const notInHeaders = /[\0\r\n]|[^\0-\xff]/;

/**
 * Returns why a request with these parameters could never be sent, or null. A text with `${secret:NAME}` is judged when its
 * value is known.
 */
export function httpProblem(parameters: Parameters): ParameterProblem | null {
  const { url, method, headers, body } = parameters;
  const verb = typeof method === 'string' ? method.toUpperCase() : 'GET';
  return (
    (typeof url === 'string' ? urlProblem(url) : null) ??
    methodProblem(verb) ??
    headersProblem(headers) ??
    bodyProblem(verb, body)
  );
}

const hasSecret = (text: string): boolean => text.includes('${secret:');

function urlProblem(url: string): ParameterProblem | null {
  if (hasSecret(url) || (URL.canParse(url) && /^https?:/i.test(url))) return null;
  return { parameter: 'url', problem: 'must be a complete URL, such as https://example.org/path' };
}

function methodProblem(verb: string): ParameterProblem | null {
  if (hasSecret(verb)) return null;
  if (!/^[A-Z]+$/.test(verb)) return { parameter: 'method', problem: 'must be a word such as GET or POST' };
  return forbidden.has(verb) ? { parameter: 'method', problem: `cannot be ${verb}, which is never sent` } : null;
}

function headersProblem(headers: unknown): ParameterProblem | null {
  for (const [name, value] of Object.entries(typeof headers === 'object' && headers !== null ? headers : {})) {
    if (!headerName.test(name))
      return { parameter: 'headers', problem: `has the name ${JSON.stringify(name)}, which no header can have` };
    if (typeof value === 'string' && notInHeaders.test(value))
      return {
        parameter: 'headers',
        problem: `has a value of ${name} with a line break or a character outside Latin-1`,
      };
  }
  return null;
}

function bodyProblem(verb: string, body: unknown): ParameterProblem | null {
  if (body === undefined || body === null || (verb !== 'GET' && verb !== 'HEAD')) return null;
  return {
    parameter: 'body',
    problem: `is not possible with ${verb}: set "method" to POST or PUT, or leave "body" out`,
  };
}
