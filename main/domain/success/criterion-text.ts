import type { Criterion, OutputSource } from '../../contract/success.ts';
import { spanText } from './span-text.ts';

/** Returns what a criterion demands as one sentence without a full stop: `The output must not contain "ERROR"`. */
export function criterionText(criterion: Criterion): string {
  switch (criterion.check) {
    case 'contains':
      return `${sourceText(criterion.in)} must contain ${quoted(criterion.text)}`;
    case 'lacks':
      return `${sourceText(criterion.in)} must not contain ${quoted(criterion.text)}`;
    case 'matches':
      return `${sourceText(criterion.in)} must match /${criterion.pattern}/`;
    case 'lacks-match':
      return `${sourceText(criterion.in)} must not match /${criterion.pattern}/`;
    case 'not-empty':
      return `${sourceText(criterion.in)} must not be empty`;
    case 'empty':
      return `${sourceText(criterion.in)} must be empty`;
    case 'json':
      return jsonText(criterion);
    case 'file':
      return fileText(criterion);
  }
}

function sourceText(source: OutputSource = 'output'): string {
  return { output: 'The output', stdout: 'Standard output', stderr: 'Standard error' }[source];
}

function jsonText({ path, is, value }: Extract<Criterion, { check: 'json' }>): string {
  const subject = `The value at ${path} in the JSON output`;
  switch (is) {
    case 'exists':
      return `${subject} must exist`;
    case 'missing':
      return `${subject} must not exist`;
    case 'equals':
      return `${subject} must be ${JSON.stringify(value)}`;
    case 'differs':
      return `${subject} must not be ${JSON.stringify(value)}`;
    case 'lacks':
      return `${subject} must not be ${JSON.stringify(value)} if it exists`;
    case 'empty':
      return `${subject} must be empty if it exists`;
    case 'below':
    case 'above':
      return `${subject} must be ${is} ${JSON.stringify(value)}`;
  }
}

function fileText({ path, youngerThanMs, minBytes }: Extract<Criterion, { check: 'file' }>): string {
  const demands = [
    'exist',
    ...(youngerThanMs === undefined ? [] : [`be younger than ${spanText(youngerThanMs)}`]),
    ...(minBytes === undefined ? [] : [`have at least ${minBytes} bytes`]),
  ];
  return `The file ${path} must ${demands.join(', ').replace(/, ([^,]*)$/, ' and $1')}`;
}

const quoted = (text: string): string => `"${text}"`;
