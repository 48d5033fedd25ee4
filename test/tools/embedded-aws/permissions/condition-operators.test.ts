import { checkCondition, conditionHolds } from '../../../../tools/embedded-aws/permissions/condition-operators';

const holds = (operator: string, wanted: readonly string[], present?: readonly string[]) =>
  conditionHolds(
    { operator, key: 'dynamodb:LeadingKeys', values: wanted },
    new Map(present ? [['dynamodb:leadingkeys', present]] : []),
  );

describe('a condition holds', () => {
  it.each([
    ['StringEquals', ['a', 'b'], ['b'], true],
    ['StringEquals', ['a'], ['A'], false],
    ['StringEqualsIgnoreCase', ['a'], ['A'], true],
    ['StringNotEquals', ['a', 'b'], ['b'], false],
    ['StringNotEquals', ['a', 'b'], ['c'], true],
    ['StringNotEqualsIgnoreCase', ['a'], ['A'], false],
    ['StringLike', ['a*'], ['abc'], true],
    ['StringLike', ['a?'], ['abc'], false],
    ['StringNotLike', ['a*', 'b*'], ['bc'], false],
    ['ArnLike', ['arn:aws:sns:*:alerts'], ['arn:aws:sns:eu-west-1:1:alerts'], true],
    ['ArnEquals', ['arn:aws:sns:*'], ['arn:aws:sqs:x'], false],
    ['ArnNotLike', ['arn:aws:sns:*'], ['arn:aws:sqs:x'], true],
    ['ArnNotEquals', ['arn:x'], ['arn:x'], false],
    ['Bool', ['true'], ['True'], true],
    ['Bool', ['true'], ['false'], false],
    ['NumericEquals', ['10'], ['10.0'], true],
    ['NumericNotEquals', ['10'], ['10.0'], false],
    ['NumericLessThan', ['10'], ['9'], true],
    ['NumericLessThan', ['10'], ['10'], false],
    ['NumericLessThanEquals', ['10'], ['10'], true],
    ['NumericGreaterThan', ['10'], ['11'], true],
    ['NumericGreaterThanEquals', ['10'], ['9'], false],
  ])('%s %j against %j: %s', (operator, wanted, present, expected) => {
    expect(holds(operator, wanted, present)).toBe(expected);
  });

  it('for a key that is absent only where the operator says so', () => {
    expect(holds('StringEquals', ['a'])).toBe(false);
    expect(holds('StringEqualsIfExists', ['a'])).toBe(true);
    expect(holds('StringEqualsIfExists', ['a'], ['b'])).toBe(false);
    expect(holds('StringNotEquals', ['a'])).toBe(true);
    expect(holds('Null', ['true'])).toBe(true);
    expect(holds('Null', ['false'])).toBe(false);
    expect(holds('Null', ['false'], ['a'])).toBe(true);
  });

  it('for all or for any of several values', () => {
    expect(holds('ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'])).toBe(true);
    expect(holds('ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'])).toBe(false);
    // As in AWS, where such a condition alone lets a scan through.
    expect(holds('ForAllValues:StringEquals', ['a'])).toBe(true);
    expect(holds('ForAllValues:StringEquals', ['a'], [])).toBe(true);
    expect(holds('ForAnyValue:StringEquals', ['a'], ['b', 'a'])).toBe(true);
    expect(holds('ForAnyValue:StringEquals', ['a'], ['b'])).toBe(false);
    expect(holds('ForAnyValue:StringEquals', ['a'])).toBe(false);
    expect(holds('ForAnyValue:StringNotEquals', ['a'])).toBe(false);
    expect(holds('ForAllValues:StringNotLike', ['secret*'], ['a', 'secret-1'])).toBe(false);
  });
});

describe('what cannot be evaluated is named', () => {
  const check = (operator: string, key: string) => () =>
    checkCondition({ operator, key, values: ['x'] }, 'WorkerPolicy, statement 2');

  it('an operator', () => {
    expect(check('IpAddress', 'aws:SourceArn')).toThrow(
      'The policy WorkerPolicy, statement 2 uses the condition operator IpAddress',
    );
    expect(check('ForSomeValues:StringEquals', 'aws:SourceArn')).toThrow('ForSomeValues:StringEquals');
    expect(check('ForAllValues:StringLikeIfExists', 'aws:SourceArn')).not.toThrow();
  });

  it('a condition key, in whatever letter case a known one is written', () => {
    expect(check('StringEquals', 'aws:SourceIp')).toThrow('asks for the condition key aws:SourceIp');
    expect(check('Null', 'AWS:securetransport')).not.toThrow();
  });
});
