import type { Verification, Verifications } from '../../../src/core/ports/verifications';
import { showVerification } from '../../../src/operations/companies/show-verification';
import { verifyAndKeep } from '../../../src/operations/companies/verify-and-keep';
import { sampleCompany } from '../../support/sample-message';
import { stageToExamine } from '../../support/stage-to-examine';

function memoryVerifications(): Verifications & { readonly kept: Map<string, Verification> } {
  const kept = new Map<string, Verification>();
  return {
    kept,
    keep: async ({ companyId, projectId }, verification) =>
      Promise.resolve(void kept.set(`${companyId} ${projectId} ${verification.channel}`, verification)),
    list: async ({ companyId, projectId }) => Promise.resolve(
      [...kept].flatMap(([key, one]) => (key.startsWith(`${companyId} ${projectId} `) ? [one] : [])),
    ),
  };
}

function world() {
  const verifications = memoryVerifications();
  const ports = { ...stageToExamine().ports, verifications };
  const verify = async (order: object = {}) =>
    verifyAndKeep(ports, { record: sampleCompany(), withDryRun: false, by: 'Sam Reyes', ...order });
  return { ports, verifications, verify };
}

test('what was found of each channel is kept, with who verified, in the place of what was found before', async () => {
  const { verify, verifications, ports } = world();
  const result = await verify();
  expect([...verifications.kept.keys()]).toEqual(['whatsapp', 'sms', 'email'].map((one) => `brightpath cv-review ${one}`));
  const { channels } = await showVerification(ports, sampleCompany());
  expect(channels.map(({ channel, verified }) => [channel, verified?.by, verified?.isOutdated])).toEqual([
    ['whatsapp', 'Sam Reyes', false], ['sms', 'Sam Reyes', false], ['email', 'Sam Reyes', false],
  ]);
  const found = result.outcome === 'verified' ? result.findings : [];
  expect(channels.flatMap(({ verified }) => verified?.findings ?? [])).toEqual(found);
  await verify({ channel: 'sms', by: 'Noor Haddad' });
  const again = await showVerification(ports, sampleCompany());
  expect(again.channels.map(({ verified }) => verified?.by)).toEqual(['Sam Reyes', 'Noor Haddad', 'Sam Reyes']);
});

test('a record that was changed since makes what was found outdated; a channel that was never verified says so', async () => {
  const { verify, ports } = world();
  await verify({ channel: 'sms' });
  const later = new Date(ports.clock.now() + 1).toISOString();
  const { channels } = await showVerification(ports, sampleCompany({ updated_at: later }));
  expect(channels).toMatchObject([{ channel: 'whatsapp' }, { channel: 'sms', verified: { isOutdated: true } }, { channel: 'email' }]);
  expect(channels[0]).not.toHaveProperty('verified');
});

test('nothing is kept where nothing could be verified, and a record that cannot be read shows what is kept', async () => {
  const { verify, verifications, ports } = world();
  expect(await verify({ record: sampleCompany({ project_status: 'on' }) })).toMatchObject({ outcome: 'record_incomplete' });
  expect(verifications.kept.size).toBe(0);
  await verify({ channel: 'email' });
  const { channels } = await showVerification(ports, sampleCompany({ project_status: 'on' }));
  expect(channels.map(({ channel }) => channel)).toEqual(['email']);
});
