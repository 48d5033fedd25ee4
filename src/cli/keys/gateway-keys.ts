import {
  CreateApiKeyCommand, CreateUsagePlanKeyCommand, DeleteApiKeyCommand, GetApiKeyCommand, paginateGetApiKeys, paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { awsFailure, CommandError } from '../command-error';
import type { StageClients } from '../stage-clients';

/** A key as API Gateway keeps it. */
export interface GatewayKey {
  readonly id: string;
  readonly value: string;
}

/** The keys of the stage's usage plan. A key opens nothing before the plan holds it. */
export class GatewayKeys {
  private readonly client: APIGatewayClient;

  constructor(private readonly clients: Pick<StageClients, 'gateway' | 'names'>) {
    this.client = clients.gateway;
  }

  async create(name: string, value: string): Promise<string> {
    const created = await this.client.send(new CreateApiKeyCommand({ name, value, enabled: true })).catch(failing('Creating the API key'));
    return created.id ?? '';
  }

  /** Lets a key in; one that the plan holds already stays. */
  async attach(keyId: string): Promise<void> {
    const usagePlanId = await this.planId();
    try {
      await this.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConflictException')) failing('Adding the API key to the usage plan')(error);
    }
  }

  /** A key that is gone already is as it should be. */
  async remove(keyId: string): Promise<void> {
    try {
      await this.client.send(new DeleteApiKeyCommand({ apiKey: keyId }));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'NotFoundException')) failing('Removing the API key')(error);
    }
  }

  async read(keyId: string): Promise<GatewayKey> {
    try {
      const { id = '', value = '' } = await this.client.send(new GetApiKeyCommand({ apiKey: keyId, includeValue: true }));
      return { id, value };
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundException') {
        throw new CommandError(`Reading the API key ${keyId} failed: API Gateway has no key of this id; look it up in the console, or with \`aws apigateway get-api-keys\`.`, { cause: error });
      }
      return failing('Reading the API key')(error);
    }
  }

  /** Identifiers of the keys with exactly this name, and of the one with this value where it is told. */
  async withName(name: string): Promise<readonly string[]> {
    try {
      const found: string[] = [];
      for await (const { items = [] } of paginateGetApiKeys({ client: this.client }, { nameQuery: name })) {
        found.push(...items.flatMap((key) => (key.name === name && key.id !== undefined ? [key.id] : [])));
      }
      return found;
    } catch (error) {
      return failing('Looking for the API key')(error);
    }
  }

  async planId(): Promise<string> {
    const { usagePlan } = this.clients.names;
    try {
      for await (const { items = [] } of paginateGetUsagePlans({ client: this.client }, {})) {
        const plan = items.find(({ name }) => name === usagePlan);
        if (plan?.id !== undefined) return plan.id;
      }
    } catch (error) {
      return failing('Looking for the usage plan')(error);
    }
    throw new CommandError(`Looking for the usage plan ${usagePlan} failed: there is none in this account and region; check --stage and AWS_REGION, and that the stack is deployed.`);
  }
}

function failing(attempted: string): (error: unknown) => never {
  return (error) => { throw awsFailure(attempted, error); };
}
