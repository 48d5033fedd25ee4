import { Resolver } from 'node:dns/promises';
import * as z from 'zod/mini';
import type { Finding } from '../core/ports/vendor-accounts';
import { SENDGRID_INBOUND_KEY } from '../providers/sendgrid-signature';
import { askVendor, bearer, fault, ok, read } from './ask-vendor';

type Secret = Readonly<Record<string, string>>;

/** The names of the servers that take a domain's mail. Rejects where the domain has none, or nobody answers. */
export type FindMailServers = (domain: string) => Promise<readonly string[]>;

const DNS_TIMEOUT_MILLISECONDS = 3_000;
const MAIL_SERVER = 'mx.sendgrid.net';

const settingsShape = z.object({
  result: z.array(z.object({ hostname: z.string(), url: z.string(), send_raw: z.optional(z.boolean()) })),
});
const policiesShape = z.object({
  policies: z.array(z.object({ signature: z.nullish(z.object({ public_key: z.nullish(z.string()) })) })),
});

export interface InboundCheck {
  readonly domain: string;
  readonly secret: Secret;
  /** Of SendGrid's API. */
  readonly baseUrl: string;
  /** The URL that is entered for the domain. */
  readonly webhookUrl: string;
  readonly findMailServers?: FindMailServers;
}

/** Whether replies to the company's mails reach this engine: DNS, Inbound Parse, and the key that proves its calls. */
export async function verifyInbound(
  { domain, secret, baseUrl, webhookUrl, ...given }: InboundCheck,
): Promise<readonly Finding[]> {
  const headers = bearer(secret.sendgrid_api_key);
  // A vendor on this machine is a simulator: its mails go by no DNS.
  const findMailServers = given.findMailServers ?? (new URL(baseUrl).hostname === '127.0.0.1' ? undefined : byDns);
  const [servers, settings, policies] = await Promise.all([
    findMailServers?.(domain).catch((failure: unknown) => codeOf(failure)),
    askVendor(`${baseUrl}/v3/user/webhooks/parse/settings`, headers),
    askVendor(`${baseUrl}/v3/user/webhooks/security/policies`, headers),
  ]);
  return [
    judgeServers(domain, servers),
    judgeSetting(domain, read(settings, settingsShape), webhookUrl),
    judgeKey(secret, read(policies, policiesShape)),
  ];
}

async function byDns(domain: string): Promise<readonly string[]> {
  const found = await new Resolver({ timeout: DNS_TIMEOUT_MILLISECONDS, tries: 1 }).resolveMx(domain);
  return found.map(({ exchange }) => exchange);
}

function judgeServers(domain: string, servers: readonly string[] | string | undefined): Finding {
  const subject = `mail to ${domain}`;
  if (servers === undefined) {
    return { subject, verdict: 'skipped', words: 'the simulator of the vendor on this machine needs no DNS' };
  }
  const todo = `enter an MX record of ${domain} with priority 10 and ${MAIL_SERVER}`;
  if (typeof servers === 'string') {
    return servers === 'ENOTFOUND' || servers === 'ENODATA'
      ? fault(subject, `goes to no server, so no reply arrives: ${todo}`)
      : warning(subject, `its servers could not be looked up (${servers}): see that it has ${MAIL_SERVER} as its MX record`);
  }
  const others = servers.filter((server) => server.toLowerCase().replace(/\.$/, '') !== MAIL_SERVER);
  if (servers.length === others.length) return fault(subject, `goes to ${others.join(', ') || 'no server'}: ${todo}`);
  if (others.length === 0) return ok(subject, 'goes to SendGrid');
  return fault(subject, `goes to ${others.join(', ')}, too, where replies are lost: remove those MX records`);
}

function judgeSetting(
  domain: string, listed: z.infer<typeof settingsShape> | undefined, webhookUrl: string,
): Finding {
  const subject = 'Inbound Parse';
  const todo = `enter ${webhookUrl} for ${domain} (Settings, Inbound Parse)`;
  if (!listed) return warning(subject, `could not be looked up, the key may not read parse settings: ${todo}`);
  const own = listed.result.find(({ hostname }) => hostname.toLowerCase() === domain);
  if (!own) return fault(subject, `does not know the domain, so no reply arrives: ${todo}`);
  if (own.url !== webhookUrl) return fault(subject, `posts the domain's mail elsewhere: ${todo}`);
  return own.send_raw === true
    ? ok(subject, "posts the domain's mail to this engine")
    : fault(subject, 'takes mails apart, and the engine reads them whole: tick "POST the raw, full MIME message"');
}

function judgeKey(secret: Secret, listed: z.infer<typeof policiesShape> | undefined): Finding {
  const subject = 'Inbound Parse signature';
  const stored = secret[SENDGRID_INBOUND_KEY];
  if (!stored) {
    const words = `no public key is stored, so that no mail is believed: attach a security policy with a signature to `
      + `the parse setting, then store its key as ${SENDGRID_INBOUND_KEY}`;
    return fault(subject, words, 'store_credentials');
  }
  const keys = listed?.policies.map(({ signature }) => signature?.public_key).filter((key) => typeof key === 'string');
  if (!keys) return warning(subject, 'its key is stored; security policies could not be looked up');
  return keys.some((key) => bare(key) === bare(stored))
    ? ok(subject, 'its key is stored')
    : fault(subject, 'the stored key is of no security policy of the account: store the policy\'s', 'store_credentials');
}

/** A key with or without the lines of its PEM form. */
function bare(key: string): string {
  return key.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, '');
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : 'no answer';
}

function warning(subject: string, words: string): Finding {
  return { subject, verdict: 'warning', words };
}
