import { CHANNEL_DEFINITIONS } from '../core/channel';
import { filledFreeText } from '../core/channels/free-text';
import type { ChannelAccess, VendorWebhook, WebhookAnswer } from '../core/ports/receipt';
import type { WebhookPorts } from './receipt-ports';
import { stopConfirmation } from './stop-confirmations';

/** Seconds for which a confirmation is of use. */
const VALID_FOR = 60 * 60;

/**
 * Tells the writer of a new stop, once, that it counts: in the answer to the vendor's own call where the vendor sends
 * that on, otherwise by a message. The stop holds whether or not the words arrive, so nothing is tried again.
 */
export async function confirmStop(
  { recipient, companyId: company, access: { channel, language, sender, credentialsId }, webhook }: {
    readonly recipient: string;
    readonly companyId: string;
    readonly access: ChannelAccess;
    readonly webhook: Pick<VendorWebhook, 'taken' | 'takenWith'>;
  },
  ports: Pick<WebhookPorts, 'confirming' | 'secrets' | 'newIdentifier' | 'observer'>,
): Promise<WebhookAnswer> {
  const { subject, text } = stopConfirmation(language);
  if (!CHANNEL_DEFINITIONS[channel].confirmsStops) return webhook.taken;
  if (webhook.takenWith) return webhook.takenWith(text);
  try {
    const secret = await ports.secrets.read(credentialsId, { kind: 'credentials', channel, company });
    if (secret.outcome !== 'found') return webhook.taken;
    const attemptId = ports.newIdentifier();
    const sent = await ports.confirming[channel]?.send({
      message: filledFreeText(channel, text, subject),
      sender,
      recipient,
      credentials: secret.fields,
      // It is no message of a record: what the vendor reports of it is left out.
      conversationId: `stop-confirmation#${attemptId}`,
      attemptId,
      isAutomaticReply: true,
      validForSeconds: VALID_FOR,
    });
    ports.observer.info('a stop was confirmed', { channel, outcome: sent?.outcome ?? 'no way' });
  } catch (error) {
    ports.observer.error('a stop could not be confirmed', error, { channel });
  }
  return webhook.taken;
}
