import { valueChanges } from '../../../../tools/delivery-steps/difference/value-change';

test('a value inside a property is shown by its path, as it was and as it will be', () => {
  expect(valueChanges('ScalingConfig', { MaximumConcurrency: 5, Other: 1 }, { MaximumConcurrency: 20, Other: 1 })).toEqual([
    { path: 'ScalingConfig.MaximumConcurrency', before: '5', after: '20' },
  ]);
});

test('what is new or gone stands against none', () => {
  expect(valueChanges('Environment', { Variables: { LEVEL: 'INFO' } }, { Variables: { DAYS: '30' } })).toEqual([
    { path: 'Environment.Variables.LEVEL', before: 'INFO', after: 'none' },
    { path: 'Environment.Variables.DAYS', before: 'none', after: '30' },
  ]);
});

test('a list and what CloudFormation resolves are shown as a whole, cut where they are long', () => {
  const [list, reference] = [
    valueChanges('KeySchema', [{ AttributeName: 'a' }], [{ AttributeName: 'b' }]),
    valueChanges('Role', { 'Fn::GetAtt': ['One', 'Arn'] }, { 'Fn::GetAtt': ['Another', 'Arn'] }),
  ];
  expect(list).toEqual([{ path: 'KeySchema', before: '[{"AttributeName":"a"}]', after: '[{"AttributeName":"b"}]' }]);
  expect(reference).toHaveLength(1);
  expect(valueChanges('Text', 'x', 'word '.repeat(30))[0]?.after).toBe(`${'word '.repeat(12)}…`);
});

test.each([
  ['a password by its name', 'MasterUserPassword', 'hunter2', 'hunter3'],
  ['a token inside a property', 'Environment', { Variables: { AUTH_TOKEN: 'a' } }, { Variables: { AUTH_TOKEN: 'b' } }],
  ['a key in a list', 'Settings', [{ ApiKey: 'a' }], [{ ApiKey: 'b' }]],
  ['what looks like a key, whatever it is called', 'Value', 'SG0abcdefghijklmnopqrstuvwxyz01234567', 'word'],
  ['a key inside what is resolved', 'Body', { 'Fn::Sub': 'a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6' }, 'x'],
])('%s is said to change and not shown', (_title, name, before, after) => {
  const [change] = valueChanges(name, before, after);
  expect(change?.before).toBe('(not shown)');
  expect(JSON.stringify(valueChanges(name, before, after))).not.toMatch(/hunter|"[ab]"|SG0|a1b2/);
});
