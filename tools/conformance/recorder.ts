import type { RequestGate } from '../vendor-simulators/loopback-server';
import type { Vendors } from '../vendor-simulators/start-vendors';
import { startVendors } from '../vendor-simulators/start-vendors';
import type { RecordedRequest, Vendor } from './recorded-request';

/** Which simulator stands for a vendor's host. */
const HOSTS: Readonly<Record<string, Vendor>> = {
  'https://api.twilio.com': 'twilio',
  'https://content.twilio.com': 'twilio',
  'https://messaging.twilio.com': 'twilio',
  'https://api.sendgrid.com': 'sendgrid',
  'https://api.openai.com': 'openai',
};

/** The vendor's host, which the simulators never hear of otherwise. */
const ORIGIN_HEADER = 'x-recorded-origin';

export interface Recorder {
  readonly vendors: Vendors;
  /** Leads each call to a vendor's host to a simulator on this machine, and refuses every other call. */
  readonly fetch: typeof fetch;
  /** Runs one order of an adapter, and answers what it sent. */
  record(purpose: string, order: () => Promise<unknown>): Promise<readonly RecordedRequest[]>;
  stop(): Promise<void>;
}

/** Servers that record what adapters send, and answer as the vendors do. */
export async function startRecorder(): Promise<Recorder> {
  let purpose = '';
  let requests: RecordedRequest[] = [];
  const gate: RequestGate = async (request, answer) => {
    const { [ORIGIN_HEADER]: origin = '', ...headers } = textHeaders(request.headers);
    const vendor = HOSTS[origin];
    if (vendor) {
      const url = new URL(request.url.pathname + request.url.search, origin);
      requests.push({ vendor, purpose, method: request.method, url, headers, body: request.body });
    }
    return answer();
  };
  const vendors = await startVendors({ gate });
  const { fetch: real } = globalThis;
  const send: typeof fetch = async (input, init) => {
    const asked = new Request(input, init);
    const url = new URL(asked.url);
    const vendor = HOSTS[url.origin];
    if (!vendor) {
      throw new Error(`Recording a request failed: ${url.origin} is no host of a vendor. Add it to tools/conformance.`);
    }
    const headers = new Headers(asked.headers);
    headers.set(ORIGIN_HEADER, url.origin);
    const target = new URL(url.pathname + url.search, vendors[vendor].url);
    return real(target, { ...init, method: asked.method, headers, ...(await bodyOf(asked)) });
  };
  return {
    vendors,
    fetch: send,
    record: async (words, order) => {
      [purpose, requests] = [words, []];
      // What asks for no fetch of its own is recorded too, and nothing can leave this machine.
      globalThis.fetch = send;
      try {
        await order();
      } finally {
        globalThis.fetch = real;
      }
      return requests;
    },
    stop: async () => vendors.stop(),
  };
}

async function bodyOf(request: Request): Promise<{ readonly body?: string }> {
  return request.body === null ? {} : { body: await request.text() };
}

function textHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}
