import type { JudgedRequest, Vendor } from './recorded-request';
import { faultsOf, VENDORS } from './recorded-request';

/** Why a vendor's requests were not judged, or what came of it. */
export type VendorResult =
  | { readonly vendor: Vendor; readonly notJudged: string }
  | { readonly vendor: Vendor; readonly judged: readonly JudgedRequest[] };

/** One vendor's part that was sent to the vendor itself. */
export interface LiveResult {
  readonly vendor: Vendor;
  /** Absent: it was sent. */
  readonly notRun?: string;
  readonly steps: ReadonlyArray<{ readonly what: string; readonly expected: string; readonly got: string }>;
}

/** The lines for people: each request, then what is wrong with it, then the sums. */
export function reportLines(results: readonly VendorResult[], live: readonly LiveResult[]): readonly string[] {
  return [...results.flatMap(vendorLines), '', ...live.flatMap(liveLines)];
}

function vendorLines(result: VendorResult): readonly string[] {
  if ('notJudged' in result) return [`${result.vendor}: not judged. ${result.notJudged}`];
  const { vendor, judged } = result;
  const parameters = judged.flatMap(({ verdicts }) => verdicts).length;
  const faults = judged.flatMap(faultsOf).length;
  return [
    `${vendor}: ${judged.length} requests, ${parameters} parameters, ${faults === 0 ? 'no fault' : `${faults} faults`}`,
    ...judged.flatMap((one) => [
      `  ${faultsOf(one).length === 0 ? 'ok   ' : 'FAULT'} ${one.request.purpose}: `
        + `${one.request.method} ${addressOf(one)} (${one.verdicts.length})`,
      ...faultsOf(one).map(({ parameter, fault = '' }) => `        ${parameter}: ${fault}`),
    ]),
  ];
}

function addressOf({ request, path }: JudgedRequest): string {
  return `${request.url.host}${path ?? request.url.pathname}`;
}

function liveLines({ vendor, notRun, steps }: LiveResult): readonly string[] {
  if (notRun !== undefined) return [`${vendor} itself: NOT RUN. ${notRun}`];
  return [
    `${vendor} itself: ${steps.length} requests`,
    ...steps.map(({ what, expected, got }) =>
      `  ${expected === got ? 'ok   ' : 'FAULT'} ${what}: ${got}${expected === got ? '' : `, expected ${expected}`}`),
  ];
}

/** Everything, for a program. */
export function reportJson(results: readonly VendorResult[], live: readonly LiveResult[]): object {
  return {
    judged: results.map((result) => ('notJudged' in result ? result : {
      vendor: result.vendor,
      requests: result.judged.map((one) => ({
        purpose: one.request.purpose, method: one.request.method, address: addressOf(one), parameters: one.verdicts,
      })),
    })),
    live,
  };
}

/** Whether nothing that was judged or sent is wrong. */
export function isFaultless(results: readonly VendorResult[], live: readonly LiveResult[]): boolean {
  return results.every((result) => 'notJudged' in result || result.judged.every((one) => faultsOf(one).length === 0))
    && live.every(({ steps }) => steps.every(({ expected, got }) => expected === got));
}

/** The vendors in their one order, with what is known of each. */
export function ofEachVendor<Value>(make: (vendor: Vendor) => Value): readonly Value[] {
  return VENDORS.map(make);
}
