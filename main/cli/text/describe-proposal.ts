import type { FieldDifference, Proposal, ProposalPreview, ProposalView } from '../../contract/proposal.ts';
import { blocks, describeNextRuns, describeWarnings } from './describe-task.ts';
import type { TextView } from './view.ts';

/** Who asks for what, what would change, and when it would run. */
export function describeProposal(proposal: ProposalView, view: TextView): string {
  const { preview } = proposal;
  return blocks(describeFacts(proposal, view), preview === null ? '' : describePreview(preview, view));
}

export function describeFacts(proposal: Proposal, view: TextView): string {
  const { decidedAt, decidedBy, error } = proposal;
  const decided =
    decidedAt === null ? null : `${view.instant(decidedAt)}${decidedBy === null ? '' : `, ${view.plain(decidedBy)}`}`;
  return view.fields([
    ['Proposal', `${view.plain(proposal.id)}  ${view.style('bold', view.plain(proposal.title))}`],
    ['Asked by', view.plain(`${proposal.client} ${proposal.version}`)],
    ['State', view.status(proposal.state)],
    ['Asked at', view.instant(proposal.createdAt)],
    ['Lapses at', proposal.state === 'pending' ? view.instant(proposal.expiresAt) : null],
    ['Decided', decided],
    ['Note', proposal.note === null ? null : view.plain(proposal.note)],
    ['Error', error === null ? null : view.plain(`${error.code}: ${error.message}`)],
    ['Task', proposal.taskId === null ? null : view.plain(proposal.taskId)],
    ['Execution', proposal.executionId === null ? null : view.plain(proposal.executionId)],
  ]);
}

function describePreview(preview: ProposalPreview, view: TextView): string {
  const { problem, changedMeanwhile, command, schedule } = preview;
  if (problem !== null) return `${view.style('red', 'Cannot be done any more:')} ${view.plain(problem)}`;
  const note = view.style('yellow', 'Somebody changed the task after the agent asked; this is the difference now.');
  return blocks(
    changedMeanwhile ? note : '',
    [
      ...preview.differences.flatMap((difference) => differenceLines(difference, view)),
      ...preview.unchanged.map(({ field, text }) => view.plain(`  ${field}: ${text}`)),
    ].join('\n'),
    view.fields([
      ['Runs', command === null ? null : view.plain(command)],
      ['Schedule', schedule === null ? null : view.plain(`${schedule.sentence}, ${schedule.timezone}`)],
    ]),
    preview.nextRuns.length === 0 ? '' : describeNextRuns(preview.nextRuns, view),
    describeWarnings(preview.warnings, view),
  );
}

/** As a diff shows it: what goes, then what comes, with what stays around it. */
function differenceLines({ field, before, after }: FieldDifference, view: TextView): string[] {
  const line = (mark: string, text: string): string => view.plain(`${mark} ${field}: ${text}`);
  return [
    ...(before === null ? [] : [view.style('red', line('-', before))]),
    ...(after === null ? [] : [view.style('green', line('+', after))]),
  ];
}
