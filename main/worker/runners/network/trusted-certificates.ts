import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { readText } from '../../../adapters/files/read-file.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';

/** More than the certificates of every authority there is. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The variables by which Node and OpenSSL name a file with certificates of authorities. */
const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const;

interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly caFile?: string | undefined;
  /** Receives what is wrong with a file that a variable names: as in Node, the run continues without it. */
  readonly onRemark: (sentence: string) => void;
}

/**
 * Returns the certificates of authorities to trust: those of Node and, in addition, those of `caFile` and of the files
 * that NODE_EXTRA_CA_CERTS and SSL_CERT_FILE name. Null if Node's own are enough. Node itself reads the first variable
 * only when a process starts, and a worker gets the task's variables later.
 * @throws SchedulerError `execution/bad-ca-file` if `caFile` cannot be used.
 */
export function trustedCertificates({ env, caFile, onRemark }: Sources): string[] | null {
  const extra: string[] = [];
  if (caFile !== undefined) {
    try {
      extra.push(certificatesIn(caFile));
    } catch (error) {
      const message = `The file of "caFile" cannot be used: ${messageOf(error)}`;
      throw new SchedulerError('execution/bad-ca-file', message, { parameter: 'caFile' });
    }
  }
  for (const name of variables) {
    const path = env[name] ?? '';
    if (path === '') continue;
    try {
      extra.push(certificatesIn(path));
    } catch (error) {
      onRemark(`${name} was ignored: ${messageOf(error)}`);
    }
  }
  return extra.length === 0 ? null : [...rootCertificates, ...extra];
}

/** Returns the certificates of a file as text. OpenSSL skips what it cannot read, so each is read here first. */
function certificatesIn(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Error(`${path} does not exist.`);
  if (!stats.isFile()) throw new Error(`${path} is not a file.`);
  if (stats.size > MOST_BYTES) throw new Error(`${path} is larger than 16 MiB.`);
  const blocks = readText(path).match(certificate) ?? [];
  if (blocks.length === 0) throw new Error(`${path} holds no certificate that begins with "${BEGIN}".`);
  const invalid = blocks.findIndex((block) => !isCertificate(block));
  if (invalid !== -1) throw new Error(`certificate ${invalid + 1} of ${path} is damaged.`);
  return blocks.join('\n');
}

const BEGIN = '-----BEGIN CERTIFICATE-----';
const certificate = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
