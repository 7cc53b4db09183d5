import { createImportFiles } from '../adapters/os-scheduler/importing/import-files.ts';
import { createGroupExporter } from '../adapters/os-scheduler/exporting/group-exporter.ts';
import { Transfer } from '../services/transfer/transfer.ts';
import type { TransferNeeds } from '../services/transfer/transfer.ts';

const claudeDesktop = JSON.stringify({ mcpServers: { files: { command: 'npx', args: ['files'] } } });

/** Export and import in UTC over real files; Claude Desktop knows one server, and no other scheduler of the machine holds anything. */
export function memoryTransfer(needs: Omit<TransferNeeds, 'facts' | 'files' | 'groups'>): Transfer {
  const facts = { version: '1.2.3', platform: 'linux', timezone: 'UTC' };
  const context = () => ({ nowMs: needs.clock.now(), timezone: 'UTC', homeDir: '/home/person', username: 'person' });
  const files = createImportFiles({
    context,
    crontab: () => Promise.resolve(null),
    windowsTasks: () => Promise.resolve(new Map()),
    serverFiles: () => [{ path: '/home/person/claude.json', text: claudeDesktop }],
  });
  const groups = createGroupExporter(() => ({ ...context(), machineTimezone: 'UTC' }));
  return new Transfer({ ...needs, facts, files, groups });
}
