import type { AccessRequest, Principal } from '../../../../tools/embedded-aws/permissions/decision';
import { decide } from '../../../../tools/embedded-aws/permissions/decision';
import { parsePolicy } from '../../../../tools/embedded-aws/permissions/policy-statement';

const ROLE = { kind: 'role', arn: 'arn:aws:iam::111122223333:role/worker', account: '111122223333' } as const;
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';

const statements = (...written: object[]) => parsePolicy({ Statement: written }, 'policy');
const request = (
  action: string,
  resource: string,
  context: Record<string, string[]> = {},
  principal: Principal = ROLE,
): AccessRequest => ({ principal, action, resource, context: new Map(Object.entries(context)) });
const allows = (
  written: object,
  action = 'sqs:SendMessage',
  resource = QUEUE,
  context: Record<string, string[]> = {},
) =>
  decide(
    request(action, resource, context),
    statements({ Effect: 'Allow', Action: action, Resource: resource, ...written }),
    [],
  ).allowed;

describe('a role may do', () => {
  it('nothing that no statement allows', () => {
    expect(decide(request('sqs:SendMessage', QUEUE), [], [])).toEqual({ allowed: false, because: 'no-allow' });
  });

  it.each([
    ['the same', 'sqs:SendMessage', true],
    ['whatever the letter case', 'SQS:sendmessage', true],
    ['a run of characters for *', 'sqs:Send*', true],
    ['also none', 'sqs:SendMessage*', true],
    ['one character for ?', 'sqs:SendMessag?', true],
    ['but not two', 'sqs:SendMessa?', false],
    ['everything for *', '*', true],
    ['not another service', 'sns:*', false],
    ['not a longer name', 'sqs:SendMessageBatch', false],
    ['not what . would match in a regular expression', 'sqs.SendMessage', false],
  ])('an action that matches: %s (%s)', (_name, Action, expected) => {
    expect(allows({ Action })).toBe(expected);
  });

  it.each([
    ['the same', QUEUE, true],
    ['* across colons', 'arn:aws:sqs:*:orders', true],
    ['* across slashes', 'arn:aws:sqs*', true],
    ['? for one character', 'arn:aws:sqs:eu-west-?:111122223333:orders', true],
    ['letter case counts', QUEUE.toUpperCase(), false],
    ['not the beginning only', 'arn:aws:sqs:eu-west-1:111122223333:order', false],
    ['not the end only', 'orders', false],
    ['one of several', ['arn:aws:sqs:eu-west-1:111122223333:x', QUEUE], true],
  ])('it on a resource that matches: %s', (_name, Resource, expected) => {
    expect(allows({ Resource })).toBe(expected);
  });

  it('on an index only if that is named beside its table', () => {
    const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
    expect(allows({ Resource: table }, 'dynamodb:Query', `${table}/index/by-state`)).toBe(false);
    expect(allows({ Resource: `${table}/index/*` }, 'dynamodb:Query', `${table}/index/by-state`)).toBe(true);
    expect(allows({ Resource: `${table}/index/*` }, 'dynamodb:Query', table)).toBe(false);
  });

  it('all but what NotAction and NotResource name', () => {
    const but = (written: object) =>
      decide(request('sqs:SendMessage', QUEUE), statements({ Effect: 'Allow', ...written }), []).allowed;
    expect(but({ NotAction: 'sqs:Delete*', Resource: '*' })).toBe(true);
    expect(but({ NotAction: 'sqs:Send*', Resource: '*' })).toBe(false);
    expect(but({ Action: '*', NotResource: 'arn:aws:sns:*' })).toBe(true);
    expect(but({ Action: '*', NotResource: ['arn:aws:sns:*', QUEUE] })).toBe(false);
  });

  it('nothing that a statement denies, whatever allows it and in whatever order', () => {
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
    const deny = { Effect: 'Deny', Action: 'sqs:Send*', Resource: '*' };
    for (const both of [[allow, deny], [deny, allow]]) {
      expect(
        decide(request('sqs:SendMessage', QUEUE), statements(...both), statements({ ...allow, Principal: '*' })),
      ).toEqual({ allowed: false, because: 'identity-deny' });
      expect(decide(request('sqs:DeleteMessage', QUEUE), statements(...both), []).allowed).toBe(true);
    }
  });

  it('only under the conditions of a statement, all of them', () => {
    const Condition = {
      StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-2'] },
      Bool: { 'aws:SecureTransport': true },
    };
    const under = (region: string, secure: string) =>
      allows({ Condition }, 'sqs:SendMessage', QUEUE, {
        'aws:requestedregion': [region],
        'aws:securetransport': [secure],
      });
    expect(under('eu-west-2', 'true')).toBe(true);
    expect(under('us-east-1', 'true')).toBe(false);
    expect(under('eu-west-1', 'false')).toBe(false);
  });

  it('by every statement that allows it: each of them is in use', () => {
    const policy = statements(
      { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
      { Effect: 'Allow', Action: 'sns:*', Resource: '*' },
      { Effect: 'Allow', Action: '*', Resource: QUEUE },
    );
    expect(decide(request('sqs:SendMessage', QUEUE), policy, [])).toEqual({
      allowed: true,
      by: [policy[0], policy[2]],
    });
  });
});

describe('the policy of a resource', () => {
  const decideBy = (statement: object, principal: Principal = ROLE, identity: object[] = []) =>
    decide(
      request('sqs:SendMessage', QUEUE, { 'aws:securetransport': ['true'] }, principal),
      statements(...identity),
      statements({ Action: 'sqs:SendMessage', Resource: QUEUE, ...statement }),
    );
  const mayAll = { Effect: 'Allow', Action: '*', Resource: '*' };

  it('can grant to a role that it names, or to every principal', () => {
    expect(decideBy({ Effect: 'Allow', Principal: { AWS: [ROLE.arn] } }).allowed).toBe(true);
    expect(decideBy({ Effect: 'Allow', Principal: '*' }).allowed).toBe(true);
    expect(decideBy({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/other' } }).allowed).toBe(
      false,
    );
    expect(decideBy({ Effect: 'Allow', Principal: { Service: '*' } }).allowed).toBe(false);
    expect(decideBy({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/other' } }).allowed).toBe(
      true,
    );
  });

  it('grants nothing by naming the account, which only lets its own policies decide, but can deny so', () => {
    for (const AWS of ['111122223333', 'arn:aws:iam::111122223333:root']) {
      expect(decideBy({ Effect: 'Allow', Principal: { AWS } }).allowed).toBe(false);
      expect(decideBy({ Effect: 'Deny', Principal: { AWS } }, ROLE, [mayAll])).toEqual({
        allowed: false,
        because: 'resource-deny',
      });
    }
  });

  it('that asks for TLS does not affect callers that use it', () => {
    const tlsOnly = { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(decideBy(tlsOnly, ROLE, [mayAll]).allowed).toBe(true);
  });

  it('lets an AWS service act only if it names it', () => {
    const topics: Principal = { kind: 'service', name: 'sns.amazonaws.com' };
    expect(decideBy({ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' } }, topics).allowed).toBe(true);
    expect(decideBy({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } }, topics).allowed).toBe(false);
    expect(decideBy({ Effect: 'Allow', Principal: { AWS: '*' } }, topics).allowed).toBe(false);
  });

  it('needs no resource of its own, as in a key\'s policy, and has no say without a principal', () => {
    expect(
      decide(request('kms:Decrypt', 'arn:key'), [], statements({ Effect: 'Allow', Action: 'kms:*', Principal: '*' }))
        .allowed,
    ).toBe(true);
    expect(decideBy({ Effect: 'Allow' }).allowed).toBe(false);
  });
});
