import type { NavigationTarget } from '../../contract/control.ts';

export type AppLink = { readonly target: NavigationTarget } | { readonly refusal: string };

/** The form of ids that this app creates. Anything else in a link is refused. */
const idForm = /^[\w-]{1,64}$/;

/** Reads an `ncp-scheduler://…` link. Links can come from anywhere, so they only show something and change nothing. */
export function readAppLink(link: string): AppLink {
  const url = URL.canParse(link) ? new URL(link) : null;
  const id = url?.pathname.replace(/^\/|\/$/g, '') ?? '';
  const isExecution = url?.protocol === 'ncp-scheduler:' && url.hostname === 'execution';
  if (isExecution && idForm.test(id)) return { target: { view: 'execution', executionId: id } };
  const shown = link.length > 80 ? `${link.slice(0, 79)}…` : link;
  return { refusal: `The link “${shown}” is not valid. To open a run, use ncp-scheduler://execution/ID.` };
}
