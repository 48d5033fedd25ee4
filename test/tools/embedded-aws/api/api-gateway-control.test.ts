import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetRestApisCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { apiGatewayControl } from '../../../../tools/embedded-aws/api/api-gateway-control';
import { usagePlans } from '../../../../tools/embedded-aws/api/usage-plans';
import { openAwsEndpoint } from '../../../../tools/embedded-aws/services/aws-endpoint';
import { startServices } from '../../../../tools/embedded-aws/services/services';
import { handmadeStack, resource } from '../functions/handmade-stack';
import { PLACE, loadResources } from '../template/written-assembly';

const VALUE = 'a-value-of-at-least-20-characters';

describe('API Gateway\'s control plane, by the ordinary client', () => {
  let gateway: APIGatewayClient;
  let stop: () => Promise<void>;
  const plans = usagePlans(
    handmadeStack([
      resource(
        'AWS::ApiGateway::UsagePlan',
        'Plan',
        {
          ApiStages: [{ ApiId: 'api1', Stage: 'dev' }],
          UsagePlanName: 'standard',
          Throttle: { RateLimit: 10, BurstLimit: 20 },
        },
        { reference: 'plan1' },
      ),
    ]),
  );

  beforeAll(async () => {
    const awsEndpoint = await openAwsEndpoint();
    const template = loadResources({}, { ...PLACE, endpoint: awsEndpoint.url });
    const services = await startServices(template, { awsEndpoint, furtherServices: [apiGatewayControl(plans)] });
    gateway = new APIGatewayClient({
      endpoint: services.endpoint,
      region: PLACE.region,
      credentials: services.administratorCredentials,
      maxAttempts: 1,
    });
    stop = async () => {
      gateway.destroy();
      await services.stop();
    };
  });
  afterAll(async () => stop());

  const admit = (value: string) => plans.admit(value, 'api1', 'dev').kind;

  test('makes a key, attaches it to a plan, disables and deletes it', async () => {
    const key = await gateway.send(new CreateApiKeyCommand({ name: 'one', value: VALUE, enabled: true }));
    expect(key).toMatchObject({ name: 'one', value: VALUE, enabled: true });
    expect(admit(VALUE)).toBe('unknown');
    const { items: [plan] = [] } = await gateway.send(new GetUsagePlansCommand({}));
    expect(plan).toMatchObject({
      id: 'plan1',
      apiStages: [{ apiId: 'api1', stage: 'dev' }],
      throttle: { rateLimit: 10, burstLimit: 20 },
    });
    const attach = new CreateUsagePlanKeyCommand({ usagePlanId: plan?.id, keyId: key.id, keyType: 'API_KEY' });
    await gateway.send(attach);
    expect(admit(VALUE)).toBe('allowed');
    await expect(gateway.send(attach)).rejects.toMatchObject({ name: 'ConflictException' });
    expect((await gateway.send(new GetUsagePlanKeysCommand({ usagePlanId: 'plan1' }))).items).toContainEqual(
      expect.objectContaining({ id: key.id }),
    );
    await gateway.send(
      new UpdateApiKeyCommand({
        apiKey: key.id,
        patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }],
      }),
    );
    expect(admit(VALUE)).toBe('unknown');
    await gateway.send(new DeleteApiKeyCommand({ apiKey: key.id }));
    await expect(gateway.send(new GetApiKeyCommand({ apiKey: key.id }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('lists keys by the beginning of their names, page by page, with their values only when asked', async () => {
    for (const name of ['list-a', 'list-b', 'other']) {
      await gateway.send(new CreateApiKeyCommand({ name, enabled: true }));
    }
    const first = await gateway.send(new GetApiKeysCommand({ nameQuery: 'list-', limit: 1 }));
    expect(first.items).toEqual([expect.objectContaining({ name: 'list-a' })]);
    expect(first.items?.[0]?.value).toBeUndefined();
    const second = await gateway.send(
      new GetApiKeysCommand({ nameQuery: 'list-', limit: 1, position: first.position, includeValues: true }),
    );
    expect(second).toMatchObject({ items: [{ name: 'list-b', value: expect.any(String) }] });
    expect(second.position).toBeUndefined();
    const id = second.items?.[0]?.id;
    expect((await gateway.send(new GetApiKeyCommand({ apiKey: id, includeValue: true }))).value).toBe(
      second.items?.[0]?.value,
    );
  });

  test('refuses in API Gateway\'s words', async () => {
    const doubled = new CreateApiKeyCommand({ name: 'twice', value: 'the-same-value-of-20-characters' });
    await gateway.send(doubled);
    await expect(gateway.send(doubled)).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(gateway.send(new CreateApiKeyCommand({ name: 'short', value: 'short' }))).rejects.toMatchObject({
      name: 'BadRequestException',
    });
    await expect(gateway.send(new GetUsagePlanKeysCommand({ usagePlanId: 'nowhere' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    await expect(gateway.send(new GetRestApisCommand({}))).rejects.toThrow('offers no operation');
  });
});
