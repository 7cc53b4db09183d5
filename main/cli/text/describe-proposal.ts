import type { FieldDifference, Proposal, ProposalPreview, ProposalView } from '../../contract/proposal.ts';
import { blocks, describeNextRuns, describeWarnings } from './describe-task.ts';
import type { TextView } from './view.ts';

/** Returns who proposes what, what would change, and when the task would run. */
export function describeProposal(proposal: ProposalView, view: TextView): string {
  const { preview } = proposal;
  return blocks(
    describeFacts(proposal, view),
    preview === null ? '' : describePreview(preview, view),
    preview === null || !preview.changedMeanwhile || preview.problem !== null
      ? ''
      : `To approve exactly this: ncp-scheduler approve ${view.plain(proposal.id)} --seen ${view.plain(preview.basis)}`,
  );
}

export function describeFacts(proposal: Proposal, view: TextView): string {
  const { decidedAt, decidedBy, error } = proposal;
  const decided =
    decidedAt === null ? null : `${view.instant(decidedAt)}${decidedBy === null ? '' : `, ${view.plain(decidedBy)}`}`;
  return view.fields([
    ['Proposal', `${view.plain(proposal.id)}  ${view.style('bold', view.plain(proposal.title))}`],
    ['Asked by', view.plain(`${proposal.client} ${proposal.version}`)],
    ['State', view.status(proposal.state)],
    ['Asked', view.instant(proposal.createdAt)],
    ['Expires', proposal.state === 'pending' ? view.instant(proposal.expiresAt) : null],
    ['Decided', decided],
    ['Note', proposal.note === null ? null : view.plain(proposal.note)],
    ['Error', error === null ? null : view.plain(`${error.code}: ${error.message}`)],
    ['Task', proposal.taskId === null ? null : view.plain(proposal.taskId)],
    ['Run', proposal.executionId === null ? null : view.plain(proposal.executionId)],
  ]);
}

function describePreview(preview: ProposalPreview, view: TextView): string {
  const { problem, changedMeanwhile, command, schedule } = preview;
  if (problem !== null) return `${view.style('red', 'Cannot be applied any more:')} ${view.plain(problem)}`;
  const note = view.style(
    'yellow',
    'The task or its MCP server has changed since the agent asked. This is the difference now.',
  );
  return blocks(
    changedMeanwhile ? note : '',
    [
      ...preview.differences.flatMap((difference) => differenceLines(difference, view)),
      ...preview.unchanged.map(({ field, text }) => view.plain(`  ${field}: ${text}`)),
    ].join('\n'),
    view.fields([
      ['Command', command === null ? null : view.plain(command)],
      ['Schedule', schedule === null ? null : view.plain(`${schedule.sentence}, ${schedule.timezone}`)],
    ]),
    preview.nextRuns.length === 0 ? '' : describeNextRuns(preview.nextRuns, view),
    describeWarnings(preview.warnings, view),
  );
}

/** Returns the lines of one difference, as a diff shows them: the removed text, then the added text. */
function differenceLines({ field, before, after }: FieldDifference, view: TextView): string[] {
  const line = (mark: string, text: string): string => view.plain(`${mark} ${field}: ${text}`);
  return [
    ...(before === null ? [] : [view.style('red', line('-', before))]),
    ...(after === null ? [] : [view.style('green', line('+', after))]),
  ];
}
