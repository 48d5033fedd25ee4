import type { AlarmSubscribers } from '../../../src/core/ports/stage-probe';
import { examineStage } from '../../../src/operations/health/examine-stage';
import { SAMPLE_CREDENTIALS_SECRET, sampleCompany } from '../../support/sample-message';
import { stageToExamine } from '../../support/stage-to-examine';

type World = ReturnType<typeof stageToExamine>;
type Ports = World['ports'];

const describeError = (attempted: string, error: unknown) => (
  `${attempted} failed: ${error instanceof Error ? error.message : 'unknown'}`
);

async function examined(world: World, changes: Partial<Ports> = {}, asksVendors = false) {
  return examineStage({ ...world.ports, ...changes }, { describe: describeError, asksVendors });
}

/** What is not well of a stage whose probe answers so. */
async function wrongWith(probe: Partial<Ports['probe']>) {
  const world = stageToExamine();
  const found = await examined(world, { probe: { ...world.ports.probe, ...probe } });
  return found.filter(({ verdict }) => verdict !== 'ok').map(({ verdict, words }) => `${verdict}: ${words}`);
}

test('a healthy stage is all well, from the credentials to the alarms', async () => {
  const found = await examined(stageToExamine());
  expect(found.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(found[0]).toMatchObject({ words: 'signed in as arn:aws:iam::1:user/robin' });
  expect(found[1]).toMatchObject({ words: 'ai-multi-comms-dev is UPDATE_COMPLETE, at https://api.example.com' });
  expect(found).toContainEqual({
    subject: 'company brightpath cv-review', verdict: 'ok', words: 'whatsapp, sms, email ready',
  });
  expect(found.at(-1)).toMatchObject({ words: 'notifies 1 subscriber' });
});

test('a local stage needs neither an account nor subscribers', async () => {
  const world = stageToExamine();
  const nobody: AlarmSubscribers = { topic: 'there', confirmed: 0, unconfirmed: 0 };
  const alarmSubscribers = async () => Promise.resolve(nobody);
  const found = await examined(world, { probe: { ...world.ports.probe, kind: 'local', alarmSubscribers } });
  expect(found.slice(0, 2).map(({ words }) => words)).toEqual([
    'the local stage has let this shell in', 'runs on this machine, at https://api.example.com',
  ]);
  expect(found.at(-1)).toMatchObject({ verdict: 'skipped' });
});

test('without credentials nothing else is looked at', async () => {
  const world = stageToExamine();
  const tableStatus = jest.fn();
  const caller = async () => Promise.reject(new Error('the token has expired'));
  expect(await examined(world, { probe: { ...world.ports.probe, caller, tableStatus } })).toEqual([{
    subject: 'credentials', verdict: 'fault', words: 'Looking at the credentials failed: the token has expired',
  }]);
  expect(tableStatus).not.toHaveBeenCalled();
});

test('an examination that fails itself is told as a fault, and the others go on', async () => {
  const world = stageToExamine();
  const hasQueue = async () => Promise.reject(new Error('access denied'));
  const found = await examined(world, { probe: { ...world.ports.probe, hasQueue } });
  expect(found.filter(({ verdict }) => verdict === 'fault')).toEqual([
    { subject: 'queues', verdict: 'fault', words: 'Looking at the queues failed: access denied' },
  ]);
  expect(found.map(({ subject }) => subject)).toContain('company brightpath cv-review');
});

test.each([
  ['UPDATE_IN_PROGRESS', 'warning'], ['ROLLBACK_COMPLETE', 'fault'], [undefined, 'fault'],
])('a stack that is %s is a %s', async (status, verdict) => {
  expect(await wrongWith({ stackStatus: async () => Promise.resolve(status) })).toEqual([
    `${verdict}: ai-multi-comms-dev is ${status ?? 'missing'}: wait for it to end, or look at its events and deploy again`,
  ]);
});

test('a table that is missing is a fault, one that is being updated is not', async () => {
  expect(await wrongWith({ tableStatus: async () => Promise.resolve('UPDATING') })).toEqual([]);
  expect(await wrongWith({ tableStatus: async () => Promise.resolve(undefined) })).toEqual([
    'fault: is missing: deploy the stack again', 'fault: is missing: deploy the stack again',
  ]);
});

test('each queue that is missing is named, with the dead letters\' and the handoffs\'', async () => {
  const world = stageToExamine();
  const hasQueue = async () => Promise.resolve(false);
  const found = await examined(world, { probe: { ...world.ports.probe, hasQueue } });
  const missing = found.filter(({ words }) => words === 'is not there: deploy the stack again');
  expect(missing.map(({ subject }) => subject)).toEqual([
    ...(['whatsapp', 'sms', 'email'] as const).flatMap((channel) => [
      `queue ${world.names.queue(channel)}`, `queue ${world.names.deadLetterQueue(channel)}`,
    ]),
    `queue ${world.names.handoffQueue}`,
  ]);
});

test.each<[AlarmSubscribers, string]>([
  [{ topic: 'missing' }, 'is not there: deploy the stack again'],
  [{ topic: 'there', confirmed: 0, unconfirmed: 1 }, 'its subscription is not confirmed'],
  [{ topic: 'there', confirmed: 0, unconfirmed: 0 }, 'it has no subscriber'],
])('alarms that reach nobody are a fault: %j', async (subscribers, words) => {
  expect(await wrongWith({ alarmSubscribers: async () => Promise.resolve(subscribers) })).toEqual([
    expect.stringContaining(`fault: ${words}`),
  ]);
});

test('a usage plan that is missing, and a model key that is missing, are faults', async () => {
  const world = stageToExamine();
  world.secrets.delete(world.names.modelSecret('sms'));
  const planId = async () => Promise.resolve(undefined);
  const found = await examined(world, { gatewayKeys: { ...world.ports.gatewayKeys, planId } });
  expect(found.filter(({ verdict }) => verdict === 'fault')).toMatchObject([
    { subject: `usage plan ${world.names.usagePlan}`, words: expect.stringContaining('is not in this account and region') },
    { subject: `secret ${world.names.modelSecret('sms')}`, remedy: 'store_model_key', channel: 'sms' },
  ]);
});

describe('the companies', () => {
  test('are none where no project is active', async () => {
    const world = stageToExamine();
    const list = async () => Promise.resolve([{ ...world.summary, project_status: 'inactive' }]);
    const found = await examined(world, { companies: { ...world.ports.companies, list } });
    expect(found).toContainEqual({
      subject: 'companies', verdict: 'warning', words: 'no project is active: begin with company init',
    });
  });

  test('have each fault told with whose it is and on which channel', async () => {
    const world = stageToExamine();
    world.secrets.delete(SAMPLE_CREDENTIALS_SECRET);
    const found = (await examined(world)).filter(({ company }) => company !== undefined);
    expect(found).toMatchObject((['whatsapp', 'sms', 'email'] as const).map((channel) => ({
      company: 'brightpath', project: 'cv-review', channel, verdict: 'fault', remedy: 'store_credentials',
      subject: `company brightpath cv-review, ${channel}, secret ${SAMPLE_CREDENTIALS_SECRET}`,
    })));
  });

  test('whose record is gone by now are not ready', async () => {
    const world = stageToExamine();
    const find = async () => Promise.resolve(undefined);
    const found = await examined(world, { companies: { ...world.ports.companies, find } });
    const verdicts = found.filter(({ company }) => company === 'brightpath').map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(['fault']));
  });

  test.each([false, true])('have what is wrong with their answers told, vendors asked: %s', async (asksVendors) => {
    const world = stageToExamine(sampleCompany({ replies: 'answer' }));
    const found = await examined(world, {}, asksVendors);
    expect(found).toContainEqual({
      subject: 'company brightpath cv-review, answer_cards', verdict: 'fault', company: 'brightpath', project: 'cv-review',
      words: 'is empty: replies: answer needs one card at least', remedy: 'show_cards',
    });
  });

  test('are verified with their vendors where that is asked for; what a vendor finds wrong is told', async () => {
    const world = stageToExamine();
    expect(await examined(world, {}, true)).toContainEqual({
      subject: 'company brightpath cv-review', verdict: 'ok', words: 'whatsapp, sms, email ready, and verified with the vendors',
    });
    const callUnsigned = async () => Promise.resolve({ status: 200 });
    const found = await examined(world, { vendors: { ...world.ports.vendors, callUnsigned } }, true);
    expect(found.filter(({ verdict }) => verdict === 'fault').map(({ subject }) => subject)).toEqual(
      ['whatsapp', 'sms', 'email'].map((channel) => `company brightpath cv-review, ${channel}, webhook`),
    );
    expect(world.model.requests).toEqual([]);
  });

  test('have no vendor asked where that is not asked for', async () => {
    const world = stageToExamine();
    const verifyChannel = jest.fn();
    await examined(world, { vendors: { ...world.ports.vendors, verifyChannel } });
    expect(verifyChannel).not.toHaveBeenCalled();
  });
});
