import { snsNeeds } from '../../../../tools/embedded-aws/permissions/sns-access';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const brief = (needs: ReadonlyArray<{ readonly action: string; readonly resource: string }> | undefined) =>
  needs?.map(({ action, resource }) => `${action} ${resource}`);

describe('an SNS call needs', () => {
  const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts';
  const needs = (operation: string, input: object) => brief(snsNeeds(operation, { ...input }, PLACE));

  it('its action on its topic', () => {
    expect(needs('Publish', { TopicArn: TOPIC })).toEqual([`sns:Publish ${TOPIC}`]);
    expect(needs('PublishBatch', { TopicArn: TOPIC })).toEqual([`sns:Publish ${TOPIC}`]);
    expect(needs('Publish', { PhoneNumber: '+447700900123' })).toEqual(['sns:Publish *']);
    expect(needs('Unsubscribe', { SubscriptionArn: `${TOPIC}:1-2` })).toEqual([`sns:Unsubscribe ${TOPIC}`]);
    expect(needs('TagResource', { ResourceArn: TOPIC })).toEqual([`sns:TagResource ${TOPIC}`]);
    expect(needs('CreateTopic', { Name: 'alerts' })).toEqual([`sns:CreateTopic ${TOPIC}`]);
    expect(needs('ListTopics', {})).toEqual(['sns:ListTopics arn:aws:sns:eu-west-1:111122223333:*']);
    expect(needs('Dance', {})).toBeUndefined();
  });
});
