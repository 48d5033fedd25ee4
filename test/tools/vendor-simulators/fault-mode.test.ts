import type { VendorAnswer } from '../../../tools/vendor-simulators/loopback-server';
import type { FaultMode } from '../../../tools/vendor-simulators/fault-mode';
import { isAccepted, faultAnswer, FAULT_MODES } from '../../../tools/vendor-simulators/fault-mode';

describe('fault modes between us and a vendor', () => {
  const rateLimit: VendorAnswer = { kind: 'answer', status: 429, body: 'slow down' };
  const serverError: VendorAnswer = { kind: 'answer', status: 500, body: 'oops' };
  const accepted: VendorAnswer = { kind: 'answer', status: 202, body: '' };

  it('tells those in which the vendor has taken the message from those in which it has not', () => {
    expect(FAULT_MODES.filter((mode) => !isAccepted(mode))).toEqual([
      'rate-limit',
      'server-error',
      'html-page',
      'silence',
      'reset',
    ]);
  });

  const cases: ReadonlyArray<readonly [FaultMode, Partial<VendorAnswer>]> = [
    ['rate-limit', rateLimit],
    ['server-error', serverError],
    ['accepted-then-server-error', serverError],
    ['html-page', { kind: 'answer', status: 503 }],
    ['accepted-then-html', { kind: 'answer', status: 200 }],
    ['silence', { kind: 'silence' }],
    ['accepted-then-silence', { kind: 'silence' }],
    ['reset', { kind: 'reset' }],
    ['accepted-then-reset', { kind: 'reset' }],
    ['accepted-then-cut', { kind: 'cut', status: 202, body: '{"message":"queued"}' }],
  ];

  it.each(cases)('shows %s as a client meets it', (mode, expected) => {
    expect(faultAnswer(mode, { rateLimit, serverError, accepted })).toMatchObject(expected);
  });

  it('has a case for each', () => {
    expect(cases.map(([mode]) => mode).sort()).toEqual([...FAULT_MODES].sort());
  });

  it('cannot cut an answer that is none', () => {
    expect(faultAnswer('accepted-then-cut', { rateLimit, serverError, accepted: { kind: 'silence' } })).toEqual({
      kind: 'silence',
    });
  });
});
