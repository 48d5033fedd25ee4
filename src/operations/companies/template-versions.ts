import type { Channel } from '../../core/channel';
import type { StoredRecord, TemplateKind, TemplateVersion } from '../../core/ports/company-records';
import type { OperationPorts } from '../ports';
import { templateOwner } from './change-record';
import { templateOf } from './complete-record';

type Ports = Pick<OperationPorts, 'templateHistory'>;

export interface ListedVersion extends TemplateVersion {
  readonly current: boolean;
}

/** Every version of a project's template that was kept, newest first. */
export async function listVersions(
  ports: Ports,
  record: StoredRecord,
  channel: Channel,
  kind: TemplateKind = 'template',
): Promise<readonly ListedVersion[]> {
  const current = templateOf(record, channel, kind)?.version;
  const kept = await ports.templateHistory.list(templateOwner(record, channel, kind));
  return kept.map((version) => ({ ...version, current: version.version === current })).reverse();
}

/** The content of one version; undefined where none of this number is in use or was kept. */
export async function findVersion(
  ports: Ports, record: StoredRecord, [channel, kind]: readonly [Channel, TemplateKind], version: number,
): Promise<StoredRecord | undefined> {
  const current = templateOf(record, channel, kind);
  if (current?.version === version) return current;
  return (await listVersions(ports, record, channel, kind)).find((kept) => kept.version === version)?.template;
}
