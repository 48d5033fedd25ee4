import type { VendorAnswer } from '../loopback-server';
import { jsonAnswer } from '../loopback-server';

/** An account that the simulator knows, as an operator would have set it up in SendGrid's settings. */
export interface SendGridAccount {
  readonly apiKey: string;
  /** Addresses, or whole domains written `@example.com`. */
  readonly verifiedSenders: readonly string[];
  /** False: the key lacks the scope `mail.send`. */
  readonly maySend?: boolean;
  /** Where its events are posted; absent: nowhere. */
  readonly eventWebhookUrl?: string;
  /** Hosts whose mail it parses (Settings, Inbound Parse). */
  readonly inboundParse?: readonly ParseSetting[];
}

/** One host of Inbound Parse, in SendGrid's own words. */
export interface ParseSetting {
  readonly hostname: string;
  readonly url: string;
  readonly send_raw?: boolean;
  readonly spam_check?: boolean;
}

/** The events that an account has switched on. */
const REPORTED = {
  processed: true,
  delivered: true,
  deferred: true,
  bounce: true,
  dropped: true,
  open: true,
  click: true,
  spam_report: true,
  unsubscribe: true,
  group_unsubscribe: true,
};

interface Signer {
  readonly publicKey: string;
}

/** An account, the key that signs its events, and that of the security policy of its Inbound Parse. */
interface KnownAccount {
  readonly account: SendGridAccount;
  readonly signer: Signer;
  readonly inboundSigner: Signer;
}

/** What an operator sets up in SendGrid's console. Undefined: no such path. */
export function accountSetting(
  { account, signer, inboundSigner }: KnownAccount,
  path: string,
): VendorAnswer | undefined {
  const { maySend = true, verifiedSenders, eventWebhookUrl } = account;
  switch (path) {
    case '/v3/scopes':
      return jsonAnswer(200, {
        scopes: [...(maySend ? ['mail.send'] : []), 'sender_verification_eligible', 'user.settings.enforced_tls.read'],
      });
    case '/v3/verified_senders':
      return jsonAnswer(200, {
        results: verifiedSenders
          .filter((sender) => !sender.startsWith('@'))
          .map((sender) => ({ from_email: sender, verified: true })),
      });
    case '/v3/whitelabel/domains':
      return jsonAnswer(
        200,
        verifiedSenders
          .filter((sender) => sender.startsWith('@'))
          .map((sender) => ({ domain: sender.slice(1), valid: true })),
      );
    case '/v3/user/webhooks/event/settings/all': {
      const webhook = { enabled: true, url: eventWebhookUrl, public_key: signer.publicKey, ...REPORTED };
      return jsonAnswer(200, { max_allowed: 5, webhooks: eventWebhookUrl === undefined ? [] : [webhook] });
    }
    case '/v3/user/webhooks/parse/settings':
      return jsonAnswer(200, {
        result: (account.inboundParse ?? []).map((setting) => ({ spam_check: false, send_raw: false, ...setting })),
      });
    case '/v3/user/webhooks/security/policies':
      return jsonAnswer(200, {
        policies: (account.inboundParse ?? []).length === 0 ? [] : [
          { id: 'policy-1', name: 'inbound', signature: { public_key: inboundSigner.publicKey } },
        ],
      });
    default:
      return undefined;
  }
}
