import { checkSettings } from '../../../tools/delivery-steps/settings';

const SETTINGS = {
  stage: 'dev',
  account: '123456789012',
  accountVariable: 'AWS_ACCOUNT_DEV',
  repository: 'example-org/engine',
  runsIn: 'example-org/engine',
  trusts: ['repo:example-org/engine:environment:dev'],
  subject: 'repo:example-org/engine:environment:dev',
};

test('complete settings pass, and the subject that is sent is answered', () => {
  expect(checkSettings(SETTINGS)).toBe('repo:example-org/engine:environment:dev');
});

test('without GitHub to ask, the subjects that would be trusted are answered', () => {
  expect(checkSettings({ ...SETTINGS, subject: undefined, trusts: ['one', 'other'] })).toBe('one or other');
});

test('during a change either form passes', () => {
  const trusts = ['repo:example-org/engine:environment:dev', 'repo:example-org@1/engine@2:environment:dev'];
  for (const subject of trusts) expect(checkSettings({ ...SETTINGS, trusts, subject })).toBe(subject);
});

test.each([
  ['no account', { account: undefined }, 'the repository variable AWS_ACCOUNT_DEV is not set. Add it under Settings'],
  ['an account of eleven digits', { account: '12345678901' }, 'is not an AWS account number'],
  ['words in place of an account', { account: 'my account' }, 'is not an AWS account number'],
  [
    'another letter case of the owner',
    { runsIn: 'Example-Org/engine' },
    'names the repository example-org/engine, but GitHub calls this one Example-Org/engine',
  ],
  [
    'another letter case of the name',
    { runsIn: 'example-org/Engine' },
    'GitHub calls this one example-org/Engine',
  ],
  [
    'a subject with identifiers that are not given',
    { subject: 'repo:example-org@1/engine@2:environment:dev' },
    'GitHub sends the subject repo:example-org@1/engine@2:environment:dev, but the stage\'s roles trust only '
      + 'repo:example-org/engine:environment:dev',
  ],
  [
    'another repository',
    { runsIn: 'example-org/copy' },
    'names the repository example-org/engine, but GitHub calls this one example-org/copy',
  ],
])('%s is one clear sentence', (_title, change, sentence) => {
  expect(() => {
    checkSettings({ ...SETTINGS, ...change });
  }).toThrow(sentence);
});
