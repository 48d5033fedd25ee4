import { invokePermissions } from '../../../../tools/embedded-aws/functions/invoke-permission';
import { ACCOUNT, functionArn, handmadeStack, resource } from './handmade-stack';

const API = 'apigateway.amazonaws.com';
const SOURCE = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:api1/dev/POST/send`;

function mayInvoke(
  properties: Record<string, unknown>,
  { service = API, target = functionArn('router'), source = SOURCE } = {},
): boolean {
  const permission = resource('AWS::Lambda::Permission', 'Allow', {
    Action: 'lambda:InvokeFunction',
    FunctionName: functionArn('router'),
    Principal: API,
    SourceArn: SOURCE,
    ...properties,
  });
  return invokePermissions(handmadeStack([permission]))(service, target, source);
}

describe('who may invoke a function', () => {
  test.each([
    ['the service and resource of its permission', {}, {}, true],
    ['another service', {}, { service: 'events.amazonaws.com' }, false],
    ['another method', {}, { source: SOURCE.replace('POST', 'GET') }, false],
    ['a method that a wildcard takes in', { SourceArn: SOURCE.replace('POST', '*') }, {}, true],
    ['any resource where none is named', { SourceArn: undefined }, { source: 'arn:other' }, true],
    ['another function', {}, { target: functionArn('other') }, false],
    ["an alias through the function's permission", {}, { target: `${functionArn('router')}:live` }, false],
    [
      'an alias through its own',
      { FunctionName: `${functionArn('router')}:live` },
      { target: `${functionArn('router')}:live` },
      true,
    ],
    ['the function through its name', { FunctionName: 'router' }, {}, true],
    ['an action beyond invoking', { Action: 'lambda:*' }, {}, true],
    ['an action beside invoking', { Action: 'lambda:GetFunction' }, {}, false],
    ['the own account', { SourceAccount: ACCOUNT }, {}, true],
    ['another account', { SourceAccount: '444455556666' }, {}, false],
  ])('%s', (_who, properties, asked, verdict) => {
    expect(mayInvoke(properties, asked)).toBe(verdict);
  });

  test('a condition that the embedded cloud does not judge is refused and named', () => {
    expect(() => mayInvoke({ PrincipalOrgID: 'o-1' })).toThrow('PrincipalOrgID');
  });
});
