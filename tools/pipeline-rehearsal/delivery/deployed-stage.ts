import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { timestamp } from '../../../src/core/ports/clock';
import { resourceNames } from '../../../src/core/names';
import { postRequest } from '../../local-stage/api-client';
import { onboardSampleCompany } from '../../local-stage/sample/onboard';
import { sampleRequest } from '../../local-stage/sample/requests';
import type { Vendors } from '../../vendor-simulators/start-vendors';

export interface StageAccess {
  readonly stage: string;
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly vendors: Vendors;
}

export interface StageState {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Burst {
  readonly statuses: readonly number[];
  readonly seconds: number;
}

/** Milliseconds in which a message must be with the vendor. */
const DELIVERY_LIMIT = 300_000;
const POLL = 100;
/** The alias that the API, queues and schedules call. */
const LIVE = 'live';

/** A stage on the emulator, looked at as the account's administrator. */
export class DeployedStageView {
  private key: string | undefined;

  constructor(private readonly access: StageAccess) {}

  /** The stack's status and outputs; undefined if the stack does not exist. */
  async state(): Promise<StageState | undefined> {
    const client = new CloudFormationClient(this.access);
    try {
      const { Stacks: [stack] = [] } = await client.send(
        new DescribeStacksCommand({ StackName: resourceNames(this.access.stage).stack }),
      );
      return {
        status: stack?.StackStatus ?? 'unknown',
        outputs: Object.fromEntries(
          (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
        ),
      };
    } catch (error) {
      if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
      throw error;
    } finally {
      client.destroy();
    }
  }

  /** What the stage's functions run behind their alias: the hash of each one's code by its name without the stage. */
  async code(): Promise<Readonly<Record<string, string>>> {
    const client = new LambdaClient(this.access);
    try {
      const { Functions: functions = [] } = await client.send(new ListFunctionsCommand({ MaxItems: 50 }));
      const suffix = `-${this.access.stage}`;
      const own = functions.flatMap(({ FunctionName: name = '' }) => (name.endsWith(suffix) ? [name] : []));
      return Object.fromEntries(await Promise.all(own.map(async (name) => {
        const { CodeSha256: hash = '' } = await client.send(
          new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: LIVE }),
        );
        return [name.slice(0, -suffix.length), hash] as const;
      })));
    } finally {
      client.destroy();
    }
  }

  /**
   * Sends one message of the sample company and waits for it at the vendor's simulator. Answers what went wrong;
   * undefined if nothing did.
   */
  async faultOfMessage(): Promise<string | undefined> {
    const url = (await this.state())?.outputs.ApiUrl ?? '';
    await this.onboard();
    const { vendors } = this.access;
    const before = vendors.deliveries().length;
    const answer = await postRequest(url, this.key, sampleRequest('whatsapp', randomUUID(), timestamp(Date.now())));
    if (answer.status !== 200) return `a request was answered with ${answer.status} ${JSON.stringify(answer.body)}`;
    for (const deadline = performance.now() + DELIVERY_LIMIT; performance.now() < deadline; await setTimeout(POLL)) {
      if (vendors.deliveries().length > before) return undefined;
    }
    return `a message that was accepted did not reach the vendor within ${DELIVERY_LIMIT / 1000} s`;
  }

  /** Sends many calls at once, each with a faulty body. */
  async burst(calls: number, key: 'with-key' | 'without-key'): Promise<Burst> {
    const url = (await this.state())?.outputs.ApiUrl ?? '';
    const begun = performance.now();
    const answers = await Promise.all(
      Array.from({ length: calls }, async () => postRequest(url, key === 'with-key' ? this.key : undefined, {})),
    );
    return { statuses: answers.map(({ status }) => status), seconds: (performance.now() - begun) / 1000 };
  }

  /** A key of the stage's usage plan that belongs to no company. */
  async makeKey(): Promise<string> {
    const client = new APIGatewayClient(this.access);
    try {
      const { id: keyId, value = '' } = await client.send(
        new CreateApiKeyCommand({ name: `rehearsal-${this.access.stage}`, enabled: true }),
      );
      await client.send(
        new CreateUsagePlanKeyCommand({
          usagePlanId: (await this.state())?.outputs.UsagePlanId ?? '',
          keyId,
          keyType: 'API_KEY',
        }),
      );
      return value;
    } finally {
      client.destroy();
    }
  }

  /** What a client's key may send: requests a second, and at once. */
  async allowance(): Promise<{ readonly rate: number; readonly burst: number }> {
    const client = new APIGatewayClient(this.access);
    try {
      const { throttle } = await client.send(
        new GetUsagePlanCommand({ usagePlanId: (await this.state())?.outputs.UsagePlanId ?? '' }),
      );
      return { rate: throttle?.rateLimit ?? Infinity, burst: throttle?.burstLimit ?? Infinity };
    } finally {
      client.destroy();
    }
  }

  /** Once: the sample company, and the model's secrets, which a stage needs before it can send anything. */
  async onboard(): Promise<void> {
    this.key ??= await this.onboardSample((await this.state())?.outputs ?? {});
  }

  private async onboardSample(outputs: Readonly<Record<string, string>>): Promise<string> {
    const { stage, region, endpoint, credentials, vendors } = this.access;
    const client = new APIGatewayClient(this.access);
    try {
      const { value } = await client.send(new GetApiKeyCommand({ apiKey: outputs.ApiKeyId ?? '', includeValue: true }));
      if (!value) throw new Error(`Reading the API key of ${stage} failed: the emulator gave none.`);
      await onboardSampleCompany(
        stage,
        { apiUrl: outputs.ApiUrl ?? '', endpoint, region, credentials },
        value,
        vendors,
      );
      return value;
    } finally {
      client.destroy();
    }
  }
}
