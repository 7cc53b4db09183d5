import { TextDecoder } from 'node:util';

/** Bytes in which browsers look for the charset of a page (HTML standard, "prescan a byte stream"). */
const SNIFFED_BYTES = 1024;
/** The longest byte order mark that is looked for. */
const MARK_BYTES = 3;

interface Decoding {
  /** The header Content-Type; null if there is none. */
  readonly contentType: string | null;
  /** Receives a sentence about a charset that cannot be read. */
  readonly onRemark: (sentence: string) => void;
}

/**
 * Turns the bytes of a response into UTF-8, as they arrive. The charset is that of a byte order mark, of the header, or, for
 * HTML and XML, of the document's beginning (`<meta charset>`, `<?xml encoding>`). The default is UTF-8.
 */
export class Utf8Stream {
  readonly #decoding: Decoding;
  #beginning: Buffer | null = Buffer.alloc(0);
  #decoder = new TextDecoder('utf-8');

  constructor(decoding: Decoding) {
    this.#decoding = decoding;
  }

  /** Returns what can be decoded so far; it may be empty, because a character can be split between two chunks. */
  push(chunk: Uint8Array): Buffer {
    if (this.#beginning === null) return this.#decoded(chunk);
    this.#beginning = Buffer.concat([this.#beginning, chunk]);
    return this.#beginning.length < this.#neededBytes() ? Buffer.alloc(0) : this.#begin();
  }

  /** Returns the rest. */
  end(): Buffer {
    const waiting = this.#beginning === null ? Buffer.alloc(0) : this.#begin();
    return Buffer.concat([waiting, Buffer.from(this.#decoder.decode(), 'utf8')]);
  }

  #neededBytes(): number {
    const { contentType } = this.#decoding;
    return isMarkup(contentType) && charsetOfHeader(contentType) === null ? SNIFFED_BYTES : MARK_BYTES;
  }

  #begin(): Buffer {
    const beginning = this.#beginning ?? Buffer.alloc(0);
    this.#beginning = null;
    this.#decoder = this.#decoderFor(beginning);
    return this.#decoded(beginning);
  }

  #decoderFor(beginning: Buffer): TextDecoder {
    const { contentType, onRemark } = this.#decoding;
    const declared = charsetOfHeader(contentType) ?? (isMarkup(contentType) ? charsetOfMarkup(beginning) : null);
    const charset = charsetOfMark(beginning) ?? declared ?? 'utf-8';
    try {
      return new TextDecoder(charset);
    } catch {
      onRemark(`The charset "${charset}" of the response is unknown; it is read as UTF-8.`);
      return new TextDecoder('utf-8');
    }
  }

  #decoded(chunk: Uint8Array): Buffer {
    return Buffer.from(this.#decoder.decode(chunk, { stream: true }), 'utf8');
  }
}

const isMarkup = (contentType: string | null): boolean =>
  /^\s*[\w.+-]+\/(?:[\w.-]+\+)?(?:html|xml)\b/i.test(contentType ?? '');

const charsetOfHeader = (contentType: string | null): string | null =>
  /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType ?? '')?.[1] ?? null;

function charsetOfMarkup(beginning: Buffer): string | null {
  const text = beginning.subarray(0, SNIFFED_BYTES).toString('latin1');
  const declared =
    /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)/i.exec(text) ??
    /<meta\b[^>]*\bcharset\s*=\s*["']?([^\s"'/>;]+)/i.exec(text);
  const charset = declared?.[1] ?? null;
  // A document whose declaration could be read as ASCII is not UTF-16, whatever it declares (HTML standard).
  return charset !== null && /^utf-?16/i.test(charset) ? 'utf-8' : charset;
}

function charsetOfMark(beginning: Buffer): string | null {
  if (beginning[0] === 0xef && beginning[1] === 0xbb && beginning[2] === 0xbf) return 'utf-8';
  if (beginning[0] === 0xfe && beginning[1] === 0xff) return 'utf-16be';
  return beginning[0] === 0xff && beginning[1] === 0xfe ? 'utf-16le' : null;
}
