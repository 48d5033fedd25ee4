import type { Channel } from '../../core/channel';
import { channelAccess } from '../../core/company/channel-access';
import { senderIdentity } from '../../core/lifecycle/conversation-id';
import { timestamp } from '../../core/ports/clock';
import type { RecordedOptOut } from '../../core/ports/person-records';
import type { OperationPorts } from '../ports';

/** One of a company's senders: by its address, or as the channel of a project. */
export type SenderReference =
  | { readonly by: 'address'; readonly address: string }
  | { readonly by: 'project'; readonly company: string; readonly project: string; readonly channel: Channel };

export type FoundSender =
  /** As conversation identifiers spell it. */
  | { readonly outcome: 'found'; readonly sender: string }
  | { readonly outcome: 'company_not_found' }
  /** The project has no sender for the channel. */
  | { readonly outcome: 'no_sender' };

type Ports = Pick<OperationPorts, 'clock' | 'companies' | 'optOuts'>;

export async function findSender(
  { companies }: Pick<Ports, 'companies'>,
  reference: SenderReference,
): Promise<FoundSender> {
  if (reference.by === 'address') return { outcome: 'found', sender: senderIdentity(reference.address) };
  const record = await companies.find(reference.company, reference.project);
  if (!record) return { outcome: 'company_not_found' };
  const access = channelAccess(record, reference.channel);
  return access ? { outcome: 'found', sender: senderIdentity(access.sender) } : { outcome: 'no_sender' };
}

export async function listOptOuts(
  { optOuts }: Pick<Ports, 'optOuts'>,
  recipient: string,
): Promise<readonly RecordedOptOut[]> {
  return optOuts.list(recipient);
}

/** Records that a recipient wants no more messages from a sender; the first word counts. */
export async function recordOptOut(
  { clock, optOuts }: Omit<Ports, 'companies'>,
  recipient: string,
  sender: string,
): Promise<void> {
  await optOuts.add({ recipient, sender, at: timestamp(clock.now()), source: 'operator' });
}

/** Lifts an opt-out, for a person who has asked for messages again. */
export async function liftOptOut(
  { clock, optOuts }: Omit<Ports, 'companies'>,
  recipient: string,
  sender: string,
): Promise<void> {
  await optOuts.remove({ recipient, sender, at: timestamp(clock.now()) });
}
