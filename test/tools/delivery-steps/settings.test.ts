import { checkSettings } from '../../../tools/delivery-steps/settings';

const SETTINGS = {
  stage: 'dev',
  account: '123456789012',
  accountVariable: 'AWS_ACCOUNT_DEV',
  repository: 'example-org/engine',
  runsIn: 'Example-Org/engine',
};

test('complete settings pass, whatever the repository\'s letter case', () => {
  expect(() => { checkSettings(SETTINGS); }).not.toThrow();
});

test.each([
  ['no account', { account: undefined }, 'the repository variable AWS_ACCOUNT_DEV is not set. Add it under Settings'],
  ['an account of eleven digits', { account: '12345678901' }, 'is not an AWS account number'],
  ['words in place of an account', { account: 'my account' }, 'is not an AWS account number'],
  [
    'another repository',
    { runsIn: 'example-org/copy' },
    'names the repository example-org/engine, but this one is example-org/copy',
  ],
])('%s is one clear sentence', (_title, change, sentence) => {
  expect(() => {
    checkSettings({ ...SETTINGS, ...change });
  }).toThrow(sentence);
});
