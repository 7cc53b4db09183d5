import type { Client, StandardSchemaV1 } from '@modelcontextprotocol/client';

export interface ListedTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: Record<string, unknown>;
}

interface ListPage {
  readonly tools: readonly unknown[];
  readonly nextCursor: string | undefined;
}

/** Takes a page as it is: the SDK's own schema refuses the whole list for one bad tool. */
const pageSchema: StandardSchemaV1<unknown, ListPage> = {
  '~standard': {
    version: 1,
    vendor: 'ncp-scheduler',
    validate: (value) => {
      const { tools, nextCursor } = isRecord(value) ? value : {};
      if (!Array.isArray(tools)) return { issues: [{ message: 'the answer has no list of tools', path: ['tools'] }] };
      return { value: { tools, nextCursor: typeof nextCursor === 'string' ? nextCursor : undefined } };
    },
  },
};

export function listPage(
  client: Client,
  cursor: string | undefined,
  limits: { timeout: number; signal?: AbortSignal },
): Promise<ListPage> {
  const params = cursor === undefined ? {} : { cursor };
  return client.request({ method: 'tools/list', params }, pageSchema, limits);
}

/**
 * Returns the usable tools of a page. A tool without a valid schema takes any parameters; one without a name cannot be
 * called and is left out. Each is a remark.
 */
export function listedTools(tools: readonly unknown[], onRemark: (text: string) => void): ListedTool[] {
  return tools.flatMap((tool, index) => {
    const { name, title, description, inputSchema } = isRecord(tool) ? tool : {};
    if (typeof name !== 'string' || name === '') {
      onRemark(`Tool ${index + 1} of the server has no name and is left out.`);
      return [];
    }
    if (!isRecord(inputSchema))
      onRemark(`The tool ${name} has no valid schema, so its parameters are not checked before the call.`);
    return {
      name,
      title: textOf(title),
      description: textOf(description),
      inputSchema: isRecord(inputSchema) ? inputSchema : { type: 'object' },
    };
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
