import {
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeyCommand,
  paginateGetApiKeys,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { GatewayKey, GatewayKeys } from '../core/ports/key-grants';

/** The keys of the stage's usage plan at API Gateway. */
export class ApiGatewayKeys implements GatewayKeys {
  constructor(
    private readonly client: APIGatewayClient,
    private readonly usagePlan: string,
  ) {}

  async create(name: string, value: string): Promise<string> {
    const created = await this.client.send(new CreateApiKeyCommand({ name, value, enabled: true }));
    return created.id ?? '';
  }

  async attach(keyId: string): Promise<void> {
    const usagePlanId = await this.planId();
    try {
      await this.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    } catch (error) {
      if (!isNamed(error, 'ConflictException')) throw error;
    }
  }

  async remove(keyId: string): Promise<void> {
    try {
      await this.client.send(new DeleteApiKeyCommand({ apiKey: keyId }));
    } catch (error) {
      if (!isNamed(error, 'NotFoundException')) throw error;
    }
  }

  async read(keyId: string): Promise<GatewayKey | undefined> {
    try {
      const { id = '', value = '' } = await this.client.send(
        new GetApiKeyCommand({ apiKey: keyId, includeValue: true }),
      );
      return { id, value };
    } catch (error) {
      if (isNamed(error, 'NotFoundException')) return undefined;
      throw error;
    }
  }

  async withName(name: string): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { items = [] } of paginateGetApiKeys({ client: this.client }, { nameQuery: name })) {
      found.push(...items.flatMap((key) => (key.name === name && key.id !== undefined ? [key.id] : [])));
    }
    return found;
  }

  async planId(): Promise<string | undefined> {
    for await (const { items = [] } of paginateGetUsagePlans({ client: this.client }, {})) {
      const plan = items.find(({ name }) => name === this.usagePlan);
      if (plan?.id !== undefined) return plan.id;
    }
    return undefined;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
