import { isAccepted } from '../../../tools/vendor-simulators/fault-mode';
import { MAGIC_ADDRESSES } from '../../../tools/vendor-simulators/sendgrid-mail/magic-addresses';
import { MAGIC_RECIPIENTS } from '../../../tools/vendor-simulators/twilio-messages/magic-numbers';
import type { Vendors } from '../../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../../tools/vendor-simulators/start-vendors';

const SID = `AC${'1'.repeat(32)}`;
const NOW = Date.UTC(2026, 10, 7, 9, 0, 0);

interface Simulator {
  readonly name: string;
  /** Reserved for fiction and examples, or the vendor's own. */
  readonly reserved: RegExp;
  readonly magic: Readonly<Record<string, { readonly kind: string }>>;
  readonly ordinary: string;
  readonly taken: number;
  readonly send: (vendors: Vendors, to: string) => Promise<Response>;
  readonly refuseNext: (vendors: Vendors) => void;
  readonly refusedWith: number;
}

const post = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | URLSearchParams,
  mayBeSilent: boolean,
) => fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(mayBeSilent ? 200 : 5000) });
const isSilent = (behaviour: { readonly kind: string } | undefined) =>
  behaviour !== undefined && JSON.stringify(behaviour).includes('silence');

const SIMULATORS: readonly Simulator[] = [
  {
    name: 'Twilio',
    reserved: /^(\+447700900\d{3}|\+1500555000\d)$/,
    magic: MAGIC_RECIPIENTS,
    ordinary: '+447700900200',
    taken: 201,
    send: async ({ twilio }, to) =>
      post(
        `${twilio.url}/2010-04-01/Accounts/${SID}/Messages.json`,
        { authorization: `Basic ${Buffer.from(`${SID}:token`).toString('base64')}` },
        new URLSearchParams({ From: '+447700900101', To: to, Body: 'Hello' }),
        isSilent(MAGIC_RECIPIENTS[to]),
      ),
    refuseNext: ({ twilio }) => {
      twilio.next({ kind: 'refused', refusal: { status: 400, code: 63013, message: 'Channel policy violation' } });
    },
    refusedWith: 400,
  },
  {
    name: 'SendGrid',
    reserved: /@example\.com$/,
    magic: MAGIC_ADDRESSES,
    ordinary: 'ada@example.com',
    taken: 202,
    send: async ({ sendgrid }, to) =>
      post(
        `${sendgrid.url}/v3/mail/send`,
        { 'authorization': 'Bearer SG.key', 'content-type': 'application/json' },
        JSON.stringify({
          personalizations: [{ to: [{ email: to }] }],
          from: { email: 'careers@example.org' },
          subject: 'One question',
          content: [{ type: 'text/plain', value: 'Dear Ada' }],
        }),
        isSilent(MAGIC_ADDRESSES[to]),
      ),
    refuseNext: ({ sendgrid }) => {
      sendgrid.next({ kind: 'refused', status: 401, message: 'Maximum credits exceeded' });
    },
    refusedWith: 401,
  },
];

describe.each(SIMULATORS)(
  'the simulated $name',
  ({ reserved, magic, ordinary, taken, send, refuseNext, refusedWith }) => {
    let vendors: Vendors;
    const of = (kind: string) =>
      Object.entries(magic)
        .filter(([, behaviour]) => behaviour.kind === kind)
        .map(([address]) => address);

    beforeAll(async () => {
      vendors = await startVendors({ now: () => NOW });
      vendors.twilio.registerAccount({ accountSid: SID, authToken: 'token', smsNumbers: ['+447700900101'] });
      vendors.sendgrid.registerKey({ apiKey: 'SG.key', verifiedSenders: ['careers@example.org'] });
    });

    afterAll(async () => {
      await vendors.stop();
    });

    const behaviourOf = (address: string) => MAGIC_RECIPIENTS[address] ?? MAGIC_ADDRESSES[address];
    const takenNow = async (work: () => Promise<unknown>) => {
      const before = vendors.deliveries().length;
      await work();
      return vendors.deliveries().length - before;
    };

    it('has magic recipients that belong to nobody', () => {
      expect(Object.keys(magic).filter((address) => !reserved.test(address))).toEqual([]);
    });

    it.each(of('refused'))("refuses %s in the vendor's words, and takes nothing", async (address) => {
      const behaviour = behaviourOf(address);
      if (behaviour?.kind !== 'refused') throw new Error('wrong table row');
      const { status, message } = 'refusal' in behaviour ? behaviour.refusal : behaviour;
      expect(
        await takenNow(async () => {
          const answer = await send(vendors, address);
          expect(answer.status).toBe(status);
          expect(await answer.text()).toContain('refusal' in behaviour ? String(behaviour.refusal.code) : message);
        }),
      ).toBe(0);
    });

    it.each(of('fault'))(
      'shows the fault of %s, and takes the message only where the fault comes after',
      async (address) => {
        const behaviour = behaviourOf(address);
        if (behaviour?.kind !== 'fault') throw new Error('wrong table row');
        expect(
          await takenNow(async () => {
            const outcome = await send(vendors, address)
              .then(async (answer) => [answer.status, await answer.text()])
              .catch(String);
            if (Array.isArray(outcome) && outcome[0] === taken) expect(() => JSON.parse(String(outcome[1]))).toThrow();
          }),
        ).toBe(isAccepted(behaviour.mode) ? 1 : 0);
      },
    );

    it.each(of('fault-once'))('shows the fault of %s once', async (address) => {
      expect((await send(vendors, address)).status).not.toBe(taken);
      expect((await send(vendors, address)).status).toBe(taken);
    });

    it('does what a test arranged, once', async () => {
      refuseNext(vendors);
      expect((await send(vendors, ordinary)).status).toBe(refusedWith);
      expect((await send(vendors, ordinary)).status).toBe(taken);
    });

    it('says with 429 how long to wait', async () => {
      const limited = of('fault').find((address) => JSON.stringify(behaviourOf(address)).includes('rate-limit')) ?? '';
      const answer = await send(vendors, limited);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
    });
  },
);
