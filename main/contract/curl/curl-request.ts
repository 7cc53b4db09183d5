import type { CurlArgument } from './curl-arguments.ts';
import type { CurlOption } from './curl-options.ts';
import { keepingSecrets, multipartBody, urlEncodedData } from './form-body.ts';
import type { CurlReading } from './read-curl.ts';

/** Parameters of `http:request`, as far as a cURL command can set them. */
export interface HttpParameters extends Record<string, unknown> {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  redirect?: 'follow-as-get';
  proxy?: string;
  caFile?: string;
  insecure?: true;
  saveTo?: string;
}

/** A type rather than an interface, so that it fits the open type of a task's policies. */
export type CurlPolicies = { timeoutMs?: number; retries?: { count: number } };

type Effect = (value: string, written: string) => void;

/** Headers that the client sets for the request that it really sends. */
const ofTheClient = new Set(['content-length', 'accept-encoding', 'connection', 'transfer-encoding', 'host']);

/** Collects what the options of one cURL command say. Used for one command. */
export class CurlRequest {
  readonly #headers = new Map<string, readonly [name: string, value: string]>();
  readonly #data: string[] = [];
  readonly #fields: [name: string, value: string][] = [];
  readonly #lost: string[] = [];
  readonly #policies: CurlPolicies = {};
  readonly #settings: Pick<HttpParameters, 'redirect' | 'proxy' | 'caFile' | 'insecure' | 'saveTo'> = {};
  #urls: string[] = [];
  #method: string | null = null;
  #mediaType = 'application/x-www-form-urlencoded';
  #user: string | null = null;
  #dataInUrl = false;
  #isHead = false;
  /** The body is in a file, so the request is a POST without it. */
  #hasLostBody = false;

  /** Notes a word that a shell would change. */
  notExpanded(word: string): void {
    this.#lost.push(
      `"${shortened(word)}" is sent as it is written: no shell replaces the variable in it. For a secret, write \${secret:NAME}.`,
    );
  }

  take({ option, written, value }: CurlArgument): void {
    if (option === null) this.#lost.push(`${written} is not known here and was left out.`);
    else this.#effects[option](value, written);
  }

  finish(): CurlReading {
    const [first] = this.#urls;
    if (first === undefined) return { request: null, problem: 'This cURL command has no address (URL).' };
    if (/^(?!https?:)[a-z][a-z\d+.-]*:\/\//i.test(first)) {
      return {
        request: null,
        problem: `"${shortened(first)}" is not an address that begins with http:// or https://.`,
      };
    }
    if (this.#urls.length > 1) this.#lost.push('Only the first address is requested.');
    const body = this.#bodyText();
    const method =
      this.#method ??
      (this.#isHead ? 'HEAD' : body === null && (!this.#hasLostBody || this.#dataInUrl) ? 'GET' : 'POST');
    const isSent = body !== null && method !== 'GET' && method !== 'HEAD';
    if (body !== null && !isSent) this.#lost.push(`The body was left out: ${method} requests have none here.`);
    const request: HttpParameters = {
      url: this.#address(first),
      ...(method === 'GET' ? {} : { method }),
      ...(this.#headers.size === 0 ? {} : { headers: Object.fromEntries(this.#headers.values()) }),
      ...(isSent ? { body } : {}),
      ...this.#settings,
    };
    // Only a request with a body changes on redirects, which curl -L turns into GET.
    if (!isSent) delete request.redirect;
    return { request, policies: this.#policies, lost: this.#lost };
  }

  #bodyText(): string | null {
    if (this.#fields.length > 0) {
      const { body, contentType } = multipartBody(this.#fields);
      this.#setHeader('Content-Type', contentType);
      return body;
    }
    if (this.#data.length === 0 || this.#dataInUrl) return null;
    if (!this.#headers.has('content-type')) this.#setHeader('Content-Type', this.#mediaType);
    return this.#mediaType === 'application/json' ? this.#data.join('') : this.#data.join('&');
  }

  #address(written: string): string {
    const url = /^https?:\/\//i.test(written) ? written : `http://${written}`;
    const query = this.#dataInUrl ? this.#data.join('&') : '';
    const [, before = url, hash = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
    const full = query === '' ? url : `${before}${before.includes('?') ? '&' : '?'}${query}${hash}`;
    if (this.#user === null) return full;
    const [, name = '', password = ''] = /^([^:]*):?([\s\S]*)$/.exec(this.#user) ?? [];
    const encoded = [name, password].map((part) => keepingSecrets(part, encodeURIComponent)).join(':');
    return full.replace(/^(https?:\/\/)(?:[^/@]*@)?/i, (_, scheme: string) => `${scheme}${encoded}@`);
  }

  #setHeader(name: string, value: string): void {
    this.#headers.set(name.toLowerCase(), [name, value]);
  }

  #header(line: string): void {
    const [, name = '', sign = '', value = ''] = /^([^:;]+)([:;])\s*([\s\S]*)$/.exec(line) ?? [];
    if (line.startsWith('@')) this.#lost.push(`The headers of the file ${line.slice(1)} were left out.`);
    else if (name === '') this.#lost.push(`"${shortened(line)}" is no header and was left out.`);
    else if (name.toLowerCase() === 'host')
      this.#lost.push('The header Host was left out: it is always that of the address.');
    else if (sign === ':' && value !== '' && !ofTheClient.has(name.toLowerCase())) this.#setHeader(name.trim(), value);
    else if (sign === ';') this.#setHeader(name.trim(), '');
  }

  #takeData(value: string, written: string): void {
    if (value.startsWith('@')) this.#fileLost(value.slice(1), written);
    else this.#data.push(value);
  }

  #takeEncoded(value: string, written: string): void {
    const encoded = urlEncodedData(value);
    if (encoded === null) this.#fileLost(value.slice(value.indexOf('@') + 1), written);
    else this.#data.push(encoded);
  }

  #takeJson(value: string, written: string): void {
    this.#mediaType = 'application/json';
    if (!this.#headers.has('accept')) this.#setHeader('Accept', 'application/json');
    this.#takeData(value, written);
  }

  #takeField(field: string, written: string, mayBeFile: boolean): void {
    const [, name = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(field) ?? [];
    if (name === '') this.#lost.push(`${written} ${shortened(field)} is no field NAME=VALUE and was left out.`);
    else if (mayBeFile && /^[@<]/.test(value)) this.#fileLost(value.slice(1), `${written} ${name}`);
    else
      this.#fields.push([name, mayBeFile ? value.replace(/;type=[^;]*$/, '').replace(/^"([\s\S]*)"$/, '$1') : value]);
  }

  #fileLost(file: string, written: string): void {
    this.#hasLostBody = true;
    const shown = file === '-' ? 'standard input' : `the file ${file}`;
    this.#lost.push(
      `${written}: ${shown} is not read for a request. Put the text into the body, or run the command with shell:run.`,
    );
  }

  #takeCookie(value: string): void {
    if (!value.includes('=')) this.#lost.push(`The cookies of the file ${value} were left out.`);
    else this.#setHeader('Cookie', [this.#headers.get('cookie')?.[1], value].filter(Boolean).join('; '));
  }

  #takeUser(value: string): void {
    this.#user = value;
    if (!value.includes('${secret:')) {
      this.#lost.push(
        'The password is in the address, as readable text. Better: store it as a secret and write ${secret:NAME}.',
      );
    }
  }

  #takeSeconds(value: string): void {
    const seconds = Number(value);
    if (seconds > 0) this.#policies.timeoutMs = Math.max(1, Math.round(seconds * 1000));
  }

  #takeRetries(value: string): void {
    const count = Math.min(100, Math.trunc(Number(value)));
    if (count > 0) this.#policies.retries = { count };
  }

  #takeOutput(value: string): void {
    if (value !== '-' && !/^(?:\/dev\/null|nul)$/i.test(value)) this.#settings.saveTo = value;
  }

  #takeProxy(value: string): void {
    if (/^https?:\/\//i.test(value)) this.#settings.proxy = value;
    else if (value === '') this.#settings.proxy = 'none';
    else if (/^[a-z\d]+:\/\//i.test(value))
      this.#lost.push(`The proxy ${value} was left out: only http and https proxies are possible.`);
    else this.#settings.proxy = `http://${value}`;
  }

  readonly #effects: Readonly<Record<CurlOption, Effect>> = {
    method: (value) => {
      this.#method = value.toUpperCase();
    },
    header: (value) => this.#header(value),
    data: (value, written) => this.#takeData(value, written),
    'data-raw': (value) => this.#data.push(value),
    'data-urlencode': (value, written) => this.#takeEncoded(value, written),
    json: (value, written) => this.#takeJson(value, written),
    form: (value, written) => this.#takeField(value, written, true),
    'form-string': (value, written) => this.#takeField(value, written, false),
    user: (value) => this.#takeUser(value),
    agent: (value) => this.#setHeader('User-Agent', value),
    referer: (value) => this.#setHeader('Referer', value.replace(/;auto$/, '')),
    cookie: (value) => this.#takeCookie(value),
    bearer: (value) => this.#setHeader('Authorization', `Bearer ${value}`),
    range: (value) => this.#setHeader('Range', `bytes=${value}`),
    output: (value) => this.#takeOutput(value),
    proxy: (value) => this.#takeProxy(value),
    ca: (value) => {
      this.#settings.caFile = value;
    },
    time: (value) => this.#takeSeconds(value),
    retry: (value) => this.#takeRetries(value),
    url: (value) => this.#urls.push(value),
    get: () => {
      this.#dataInUrl = true;
    },
    head: () => {
      this.#isHead = true;
    },
    follow: () => {
      this.#settings.redirect = 'follow-as-get';
    },
    insecure: () => {
      this.#settings.insecure = true;
    },
    'remote-name': (_, written) => {
      this.#lost.push(`${written} was left out: name the file to save to with saveTo.`);
    },
    'lost-value': (value, written) => this.#lost.push(`${written} ${shortened(value)} was left out.`),
    lost: (_, written) => this.#lost.push(`${written} was left out.`),
    'ignored-value': () => undefined,
    ignored: () => undefined,
  };
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
