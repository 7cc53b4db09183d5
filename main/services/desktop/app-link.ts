import type { NavigationTarget } from '../../contract/control.ts';

export type AppLink = { readonly target: NavigationTarget } | { readonly refusal: string };

/** Ids are made by this app; anything else in their place was made to see what happens. */
const idForm = /^[\w-]{1,64}$/;

/** What `ncp-scheduler://…` asks for. Links come from anywhere, so they only ever show something. */
export function readAppLink(link: string): AppLink {
  const url = URL.canParse(link) ? new URL(link) : null;
  const id = url?.pathname.replace(/^\/|\/$/g, '') ?? '';
  const isExecution = url?.protocol === 'ncp-scheduler:' && url.hostname === 'execution';
  if (isExecution && idForm.test(id)) return { target: { view: 'execution', executionId: id } };
  const shown = link.length > 80 ? `${link.slice(0, 79)}…` : link;
  return { refusal: `The link “${shown}” is not valid. To open a run, use ncp-scheduler://execution/ID.` };
}
