/** @typedef {import('../manifests.mjs').Release} Release */

/** Version of the registry's schema that the file follows. */
const schema = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';

/**
 * Returns the name of the MCP server in the registry. The registry compares it with `mcpName` of the npm package.
 * @param {{ owner: string, name: string }} facts
 */
export const registryName = ({ owner, name }) => `io.github.${owner}/${name}`;

/**
 * Returns `server.json` for the registry of MCP servers: how the MCP server is started from the npm package, and the
 * bundle for programs that install one with a click. Publish it with `mcp-publisher publish`.
 * @param {Release} release
 * @returns {Record<string, string>}
 */
export const mcpFiles = ({ facts, file }) => {
  const { version, name, homepage, productName, description } = facts;
  const npm = file(`${name}-${version}`, '.tgz');
  const bundle = file(`${name}-${version}`, '.mcpb');
  if (npm === null && bundle === null) return {};
  const transport = { type: 'stdio' };
  const server = {
    $schema: schema,
    name: registryName(facts),
    title: productName,
    description,
    version,
    websiteUrl: homepage,
    repository: { url: homepage, source: 'github' },
    packages: [
      ...(npm === null
        ? []
        : [
            {
              ...{ registryType: 'npm', registryBaseUrl: 'https://registry.npmjs.org', identifier: name, version },
              ...{ runtimeHint: 'npx', transport, packageArguments: [{ type: 'positional', value: 'mcp' }] },
            },
          ]),
      ...(bundle === null
        ? []
        : [{ registryType: 'mcpb', identifier: bundle.url, version, fileSha256: bundle.sha256, transport }]),
    ],
  };
  return { 'mcp/server.json': `${JSON.stringify(server, null, 2)}\n` };
};
