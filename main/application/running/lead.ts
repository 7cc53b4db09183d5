import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';
import { createPublishing } from './publishing.ts';
import type { Engine } from './engine.ts';
import { becomePrimary, type Primary } from './primary.ts';
import { publishingListener, publishingPrimary } from './publish-changes.ts';

export type LeadOptions = Parameters<typeof becomePrimary>[3];

/** Makes this process the primary, which also keeps the files for other programs up to date. @throws as `becomePrimary`. */
export async function leadAndPublish(
  outside: Outside,
  core: Core,
  engine: Engine,
  options: LeadOptions,
): Promise<Primary> {
  const publishing = await createPublishing(outside, core);
  const listener = publishingListener(options.listener, publishing);
  return publishingPrimary(await becomePrimary(outside, core, engine, { ...options, listener }), publishing);
}
