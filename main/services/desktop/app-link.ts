import type { NavigationTarget } from '../../contract/control.ts';

export type AppLink = { readonly target: NavigationTarget } | { readonly refusal: string };

/** The form of ids that this app creates. Anything else in a link is refused. */
const idForm = /^[\w-]{1,64}$/;
/** `#L120`: a line of the run's log. */
const lineForm = /^#L([1-9]\d{0,8})$/;

/** Reads an `ncp-scheduler://…` link. Links can come from anywhere, so they only show something and change nothing. */
export function readAppLink(link: string): AppLink {
  const url = URL.canParse(link) ? new URL(link) : null;
  const id = url?.pathname.replace(/^\/|\/$/g, '') ?? '';
  const isExecution = url?.protocol === 'ncp-scheduler:' && url.hostname === 'execution';
  const hash = url?.hash ?? '';
  const line = lineForm.exec(hash)?.[1];
  if (isExecution && idForm.test(id) && (hash === '' || line !== undefined)) {
    return { target: { view: 'execution', executionId: id, ...(line !== undefined && { line: Number(line) }) } };
  }
  const shown = link.length > 80 ? `${link.slice(0, 79)}…` : link;
  return {
    refusal: `The link “${shown}” is not valid. To open a run, use ncp-scheduler://execution/ID, or ncp-scheduler://execution/ID#L120 for a line of its log.`,
  };
}
