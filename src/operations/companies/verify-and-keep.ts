import { timestamp } from '../../core/ports/clock';
import type { OperationPorts } from '../ports';
import type { VerifyOrder, VerifyResult } from './verify-company';
import { verifyCompany } from './verify-company';

type Ports = Parameters<typeof verifyCompany>[0] & Pick<OperationPorts, 'verifications'>;

/** Verifies a project, and keeps what was found of each channel for everyone who looks at it later. */
export async function verifyAndKeep(
  ports: Ports, { by, ...order }: VerifyOrder & { readonly by: string },
): Promise<VerifyResult> {
  const result = await verifyCompany(ports, order);
  if (result.outcome !== 'verified') return result;
  const at = timestamp(ports.clock.now());
  const { company_id: companyId, project_id: projectId } = order.record;
  const owner = { companyId: String(companyId), projectId: String(projectId) };
  for (const channel of new Set(result.findings.map((one) => one.channel))) {
    const findings = result.findings.filter((one) => one.channel === channel);
    await ports.verifications.keep(owner, { channel, at, by, findings });
  }
  return result;
}
