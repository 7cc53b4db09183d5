import type { ClipboardEvent, ComponentType, ReactNode } from 'react';
import { isBuiltIn } from '../../../../main/contract/built-in/built-ins.ts';
import type { BuiltInToolName } from '../../../../main/contract/built-in/built-ins.ts';
import { text } from '../../../text/en.ts';
import { AgentFields } from './agent-fields.tsx';
import { agentError } from './agent-parameters.ts';
import type { Around } from './fill-from-curl.ts';
import { HttpFields } from './http-fields.tsx';
import { httpErrors } from './http-parameters.ts';
import { RareShellFields, ShellFields } from './shell-fields.tsx';
import { exitCodesError } from './shell-parameters.ts';

type Parameters = Readonly<Record<string, unknown>>;

export interface BuiltInFieldsProps {
  parameters: Parameters;
  error: string | undefined;
  aside: ReactNode;
  /** Focuses the first field when it appears. */
  autoFocus?: boolean | undefined;
  onChange: (parameters: Parameters) => void;
  /** Called when something is pasted where a task can be pasted. */
  onPaste?: ((event: ClipboardEvent<HTMLTextAreaElement>) => void) | undefined;
  /** Fields around the parameters that a paste can set too. Absent where only the parameters are asked for. */
  around?: Around | undefined;
  onAround?: ((change: Partial<Around>) => void) | undefined;
}

export type RareFieldsProps = Pick<BuiltInFieldsProps, 'parameters' | 'error' | 'onChange'>;

/** A form written for one tool. */
interface BuiltInForm {
  Fields: ComponentType<BuiltInFieldsProps>;
  /** Fields that few tasks need. The task dialog shows them below the schedule, which so is one Tab away. */
  RareFields?: ComponentType<RareFieldsProps>;
  /** Whether the fields can show these parameters; others get the form made from the tool's schema. */
  canShow: (parameters: Parameters) => boolean;
  /** What must be changed before saving. */
  errorOf: (parameters: Parameters) => string | undefined;
}

/** Null for a tool whose form is made from its schema, as for the tool of an MCP server. */
export const builtInForms: Readonly<Record<BuiltInToolName, BuiltInForm | null>> = {
  'shell:run': {
    Fields: ShellFields,
    RareFields: RareShellFields,
    canShow: ({ args }) => !Array.isArray(args),
    errorOf: (parameters) => (lacksCommand(parameters) ? text.editor.errors.command : exitCodesError(parameters)),
  },
  'http:request': {
    Fields: HttpFields,
    canShow: () => true,
    errorOf: (parameters) => {
      const { url, body, expectStatus } = httpErrors(parameters);
      return url ?? body ?? expectStatus;
    },
  },
  'agent:run': {
    Fields: AgentFields,
    canShow: ({ agent, command, arguments: more }) =>
      more === undefined && (agent === 'command' || command === undefined),
    errorOf: agentError,
  },
};

export const builtInFormOf = (tool: string): BuiltInForm | null => (isBuiltIn(tool) ? builtInForms[tool] : null);

const lacksCommand = ({ command, args }: Parameters): boolean =>
  !(typeof command === 'string' && command.trim() !== '') && !(Array.isArray(args) && args.length > 0);
