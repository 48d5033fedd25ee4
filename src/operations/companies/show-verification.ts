import type { Channel } from '../../core/channel';
import { allowedChannels, parseProject } from '../../core/company/company';
import type { StoredRecord } from '../../core/ports/company-records';
import type { Finding } from '../../core/ports/vendor-accounts';
import type { OperationPorts } from '../ports';
import { verifyAnswers } from './verify-answers';

type Ports = Pick<OperationPorts, 'clock' | 'names' | 'verifications'>;

/** What was found of a channel. */
export interface VerifiedChannel {
  readonly channel: Channel;
  /** Absent where it was never verified. */
  readonly verified?: {
    readonly at: string;
    readonly by: string;
    /** The record was changed since, so that what was found may be true no more. */
    readonly isOutdated: boolean;
    readonly findings: readonly Finding[];
  };
}

/** What the vendors said of each channel of a project when it was last verified, and its answer cards as of now. */
export async function showVerification(
  ports: Ports, record: StoredRecord,
): Promise<{ readonly channels: readonly VerifiedChannel[]; readonly answers: readonly Finding[] }> {
  const owner = { companyId: String(record.company_id), projectId: String(record.project_id) };
  const kept = await ports.verifications.list(owner);
  const project = parseProject(record);
  const channels = project.valid ? allowedChannels(project.value) : kept.map(({ channel }) => channel);
  const changedAt = typeof record.updated_at === 'string' ? Date.parse(record.updated_at) : NaN;
  return {
    channels: channels.map((channel) => {
      const { at, by, findings } = kept.find((one) => one.channel === channel) ?? {};
      if (at === undefined || by === undefined || findings === undefined) return { channel };
      return { channel, verified: { at, by, findings, isOutdated: changedAt > Date.parse(at) } };
    }),
    answers: verifyAnswers(ports, record),
  };
}
