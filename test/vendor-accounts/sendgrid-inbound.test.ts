import { verifyInbound } from '../../src/vendor-accounts/sendgrid-inbound';
import type { ParseSetting } from '../../tools/vendor-simulators/sendgrid-mail/account-settings';
import type { SendGridSimulator } from '../../tools/vendor-simulators/sendgrid-mail/sendgrid-simulator';
import { startVendors } from '../../tools/vendor-simulators/start-vendors';

const KEY = 'SG.sample-inbound-key';
const DOMAIN = 'reply.example.com';
const URL_OF_ENGINE = 'https://api.example.com/dev/webhooks/sendgrid/inbound?company_id=a&project_id=b';
const GOOD: ParseSetting = { hostname: DOMAIN, url: URL_OF_ENGINE, send_raw: true };
let sendgrid: SendGridSimulator;
let stop: () => Promise<void>;

beforeAll(async () => {
  const vendors = await startVendors();
  ({ sendgrid } = vendors);
  stop = vendors.stop;
});
afterAll(async () => { await stop(); });

interface Account {
  readonly servers?: readonly string[] | Error;
  readonly inboundParse?: readonly ParseSetting[];
  readonly key?: string;
}

async function findings({ servers = ['mx.sendgrid.net'], inboundParse = [GOOD], key }: Account = {}) {
  sendgrid.registerKey({ apiKey: KEY, verifiedSenders: [], inboundParse });
  const found = await verifyInbound({
    domain: DOMAIN,
    baseUrl: sendgrid.url,
    webhookUrl: URL_OF_ENGINE,
    secret: { sendgrid_api_key: KEY, sendgrid_inbound_public_key: key ?? sendgrid.inboundPublicKey(KEY) },
    findMailServers: async () => (servers instanceof Error ? Promise.reject(servers) : Promise.resolve(servers)),
  });
  return found.map(({ verdict, words }) => `${verdict}: ${words}`);
}
const dnsError = (code: string) => Object.assign(new Error(code), { code });

test('a domain whose mail reaches the engine, signed, is in order', async () => {
  expect(await findings()).toEqual([
    'ok: goes to SendGrid', "ok: posts the domain's mail to this engine", 'ok: its key is stored',
  ]);
});

test.each<[string, Account, string]>([
  ['no MX record', { servers: dnsError('ENOTFOUND') }, 'fault: goes to no server, so no reply arrives: enter an MX'],
  ['DNS out of reach', { servers: dnsError('ETIMEOUT') }, 'warning: its servers could not be looked up (ETIMEOUT)'],
  ['another server', { servers: ['mail.example.com'] }, 'fault: goes to mail.example.com: enter an MX record'],
  ['another server beside', { servers: ['MX.sendgrid.net.', 'mail.example.com'] }, 'fault: goes to mail.example.com, too'],
  ['no parse setting', { inboundParse: [{ ...GOOD, hostname: 'x.example.com' }] }, 'fault: does not know the domain'],
  ['another URL', { inboundParse: [{ ...GOOD, url: `${URL_OF_ENGINE}2` }] }, "fault: posts the domain's mail elsewhere"],
  ['mails taken apart', { inboundParse: [{ ...GOOD, send_raw: false }] }, 'fault: takes mails apart'],
  ['no key', { key: '' }, 'fault: no public key is stored'],
  ['another key', { key: 'AAAA' }, 'fault: the stored key is of no security policy'],
])('%s is found', async (_what, account, words) => {
  expect((await findings(account)).filter((one) => !one.startsWith('ok')))
    .toEqual([expect.stringContaining(words)]);
});
