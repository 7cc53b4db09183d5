import { z } from 'zod';
import { mcpServerSchema, settingsSchema } from '../../contract/settings.ts';
import type { McpServer, Settings } from '../../contract/settings.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import { removeStaleTemporaries, writeDurably } from './durable-write.ts';
import { writeError } from './file-errors.ts';
import { fingerprintOf, readText, realPath } from './file-state.ts';
import type { Fingerprint } from './file-state.ts';
import { depthProblem, schemaProblem, syntaxProblem } from './json-problems.ts';
import type { JsonProblem } from './json-problems.ts';
import { sharedWatch } from './shared-watch.ts';
import { watchFile } from './watch-file.ts';
import type { WatchTiming } from './watch-file.ts';

export interface SettingsFileOptions {
  /** Absolute path of `config.json`. */
  readonly path: string;
  /** Absolute path of NCP's profile, `~/.ncp/profiles/all.json`. */
  readonly profilePath: string;
  /** Separates the writers of all processes: the ledger's `withWriteLock`. */
  readonly lock: <T>(action: () => T) => T;
  readonly watchTiming?: WatchTiming;
}

/** The file's content: settings with the fields as written, or why it is not valid. */
type Loaded =
  | { readonly kind: 'valid'; readonly raw: Record<string, unknown>; readonly settings: Settings }
  | { readonly kind: 'problem'; readonly message: string };

const recordSchema = z.record(z.string(), z.unknown());
const profileSchema = z.looseObject({ mcpServers: z.record(z.string(), z.unknown()).optional() });

/** Opens the settings in `config.json`. */
export function openSettings(options: SettingsFileOptions): SettingsStore {
  return new SettingsFile(options);
}

class SettingsFile implements SettingsStore {
  readonly path: string;
  readonly #options: SettingsFileOptions;
  #loaded: { readonly fingerprint: Fingerprint; readonly content: Loaded } | null = null;
  #lastValid: Settings | null = null;
  readonly #watch = sharedWatch((notify) => {
    const paths = [this.path, this.#options.profilePath];
    const watches = paths.map((path) => watchFile(realPath(path), notify, this.#options.watchTiming));
    return {
      look: () => watches.forEach((watch) => watch.look()),
      stop: () => watches.forEach((watch) => watch.stop()),
    };
  });

  constructor(options: SettingsFileOptions) {
    this.#options = options;
    this.path = options.path;
  }

  read(): Settings {
    const content = this.#load();
    if (content.kind === 'valid') return content.settings;
    if (this.#lastValid !== null) return this.#lastValid;
    throw new SchedulerError('store/config-unreadable', content.message, { path: this.path });
  }

  problem(): string | null {
    const content = this.#load();
    return content.kind === 'valid' ? null : content.message;
  }

  update(change: Parameters<SettingsStore['update']>[0]): Settings {
    return this.#options.lock(() => {
      this.#loaded = null;
      const content = this.#load();
      if (content.kind === 'problem') {
        throw new SchedulerError('store/config-unreadable', content.message, { path: this.path });
      }
      const raw = { ...content.raw, ...change };
      const checked = settingsSchema.safeParse(raw);
      if (!checked.success) throw invalidSettings(checked.error);
      this.#write(`${JSON.stringify(raw, null, 2)}\n`);
      this.#lastValid = checked.data;
      return checked.data;
    });
  }

  mcpServers(): Record<string, McpServer> {
    return { ...this.#profileServers(), ...this.read().mcpServers };
  }

  watch(listener: () => void): () => void {
    return this.#watch.add(listener);
  }

  #load(): Loaded {
    const fingerprint = fingerprintOf(this.path);
    if (this.#loaded?.fingerprint === fingerprint) return this.#loaded.content;
    const content = parseSettings(this.path);
    this.#loaded = { fingerprint, content };
    if (content.kind === 'valid') this.#lastValid = content.settings;
    return content;
  }

  #write(text: string): void {
    try {
      const target = realPath(this.path);
      removeStaleTemporaries(target);
      writeDurably(target, text);
    } catch (error) {
      throw writeError(error, this.path);
    }
    this.#loaded = null;
    this.#watch.look();
  }

  /**
   * Returns the servers of NCP's profile. Another program writes that file, so entries without a command or URL are
   * ignored.
   */
  #profileServers(): Record<string, McpServer> {
    const path = this.#options.profilePath;
    const content = readText(path);
    if (content.kind === 'missing') return {};
    if (content.kind === 'broken') throw unreadableProfile(path, `${content.reason}.`);
    const profile = parseJson(content.text, profileSchema);
    if (profile.kind === 'problem') throw unreadableProfile(path, profile.message);
    const servers: Record<string, McpServer> = {};
    for (const [name, entry] of Object.entries(profile.data.mcpServers ?? {})) {
      const server = mcpServerSchema.safeParse(entry);
      if (server.success) servers[name] = server.data;
    }
    return servers;
  }
}

function parseSettings(path: string): Loaded {
  const content = readText(path);
  if (content.kind === 'missing') return { kind: 'valid', raw: {}, settings: settingsSchema.parse({}) };
  const unused = `${path} is not used and will not be changed:`;
  if (content.kind === 'broken') return { kind: 'problem', message: `${unused} ${content.reason}.` };
  const raw = parseJson(content.text, recordSchema);
  if (raw.kind === 'problem') return { kind: 'problem', message: `${unused} ${raw.message}` };
  const settings = parseJson(content.text, settingsSchema);
  if (settings.kind === 'problem') return { kind: 'problem', message: `${unused} ${settings.message}` };
  return { kind: 'valid', raw: raw.data, settings: settings.data };
}

function parseJson<T>(
  text: string,
  schema: z.ZodType<T>,
): { readonly kind: 'valid'; readonly data: T } | { readonly kind: 'problem'; readonly message: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { kind: 'problem', message: sentence(syntaxProblem(text, messageOf(error))) };
  }
  const deep = depthProblem(text);
  if (deep !== null) return { kind: 'problem', message: sentence(deep) };
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { kind: 'valid', data: parsed.data };
  return { kind: 'problem', message: sentence(schemaProblem(text, parsed.error)) };
}

function sentence({ line, column, reason }: JsonProblem): string {
  return `line ${line}, column ${column}: ${reason.replace(/[.]?$/, '.')}`;
}

function invalidSettings(error: z.ZodError): SchedulerError {
  const issue = error.issues[0];
  const field = (issue?.path ?? []).map(String).join('.');
  return new SchedulerError('usage/settings', `The settings were not changed: ${field} ${issue?.message ?? ''}.`, {
    field,
  });
}

function unreadableProfile(path: string, reason: string): SchedulerError {
  return new SchedulerError('store/profile-unreadable', `The MCP servers in ${path} cannot be read: ${reason}`, {
    path,
  });
}
