import {
  assertKnownVariables,
  contextValue,
  fillContextVariables,
} from '../../../../tools/embedded-aws/api/context-variables';

describe('the variables of templates and access logs', () => {
  test('are replaced by the request\'s values, or by what stands for none', () => {
    const values = { 'requestId': 'r1', 'identity.sourceIp': '127.0.0.1' };
    expect(
      fillContextVariables(
        '$context.requestId from $context.identity.sourceIp by $context.identity.user.',
        values,
        '-',
      ),
    ).toBe('r1 from 127.0.0.1 by -.');
  });

  test('may stand in the middle of JSON', () => {
    expect(
      fillContextVariables(
        '{"message":$context.error.messageString,"id":"$context.requestId"}',
        { 'error.messageString': '"Forbidden"', 'requestId': 'r1' },
        '',
      ),
    ).toBe('{"message":"Forbidden","id":"r1"}');
  });

  test('have no value where they are unknown', () => {
    expect(contextValue('no.such', { requestId: 'r1' })).toBeUndefined();
  });

  test.each(['{"a":$context.error.messageString}', 'plain text, 5 $ a piece'])(
    'a template of known ones is taken: %s',
    (template) => {
      expect(() => {
        assertKnownVariables(template, 'G');
      }).not.toThrow();
    },
  );

  test.each([
    ['$context.nothing', '$context.nothing'],
    ['$input.json("$")', '$input.json'],
    ['$stageVariables.a', '$stageVariables.a'],
    ['#set($a = 1)', '#set'],
    ['${context.requestId}', '${context.requestId'],
    ['$util.escapeJavaScript("a")', '$util.escapeJavaScript'],
  ])('%s is refused and named', (template, named) => {
    expect(() => {
      assertKnownVariables(template, 'Forbidden');
    }).toThrow(`Reading the template of Forbidden failed: ${named}`);
  });
});
