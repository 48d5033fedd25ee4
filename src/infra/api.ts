import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Resource } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiKey,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { UNSUBSCRIBE_PATH } from '../core/contract/webhook-query';
import { resourceNames } from '../core/names';
import { WEBHOOKS } from '../providers/vendors';
import { ACCESS_LOG_FORMAT } from './access-log-format';
import { acknowledge } from './acknowledge';
import type { EngineLambda } from './engine-lambda';
import { answerRefusals } from './gateway-refusals';
import { refuseOtherMethods } from './other-methods';
import type { StageSettings, Throttle } from './stages';

/**
 * The REST API of a stage, with its usage plan and first API key.
 *
 * The size of a request: API Gateway's own limit is fixed at 10 MB, a request model judges shape and not size, and a
 * firewall rule of its own would cost more than it spares. So the router refuses at its limit (src/router), before it
 * parses. Bodies cannot be sent compressed.
 */
export class EngineApi extends Construct {
  readonly restApi: RestApi;
  readonly apiKey: ApiKey;
  /**
   * Public base URL without a slash at the end. Made of names alone, so that functions behind the API may know it
   * too.
   */
  readonly url: string;
  readonly usagePlanId: string;

  constructor(scope: Construct, id: string, private readonly stage: StageSettings) {
    super(scope, id);
    const names = resourceNames(stage.name);
    this.restApi = this.createApi();
    answerRefusals(this.restApi, stage.allowedOrigins);
    this.apiKey = new ApiKey(this, 'Key', {
      apiKeyName: names.apiKey,
      description: 'First key of the stage; onboarding binds it to a company',
    });
    const plan = this.restApi.addUsagePlan('StandardUsagePlan', {
      name: names.usagePlan,
      throttle: { rateLimit: stage.throttle.client.rate, burstLimit: stage.throttle.client.burst },
      apiStages: [{ api: this.restApi, stage: this.restApi.deploymentStage }],
    });
    plan.addApiKey(this.apiKey);
    this.usagePlanId = plan.usagePlanId;
    const { region, urlSuffix } = Stack.of(this);
    this.url = `https://${this.restApi.restApiId}.execute-api.${region}.${urlSuffix}/${stage.name}`;
  }

  /** Methods of a path, worked by a function; with a key and open to web pages of the allowed origins. */
  forClients(methods: Method | readonly Method[], path: string, worker: EngineLambda): void {
    const resource = this.add(methods, path, worker, true);
    resource.addCorsPreflight({
      allowOrigins: [...this.stage.allowedOrigins],
      allowMethods: [...listed(methods), 'OPTIONS'],
      allowHeaders: ['Content-Type', 'X-Api-Key'],
      exposeHeaders: ['Idempotency-Replayed', 'Retry-After'],
    });
    acknowledge(resource, {
      APIG4:
        'Clients have API keys, not AWS identities. API Gateway asks for one, and the function checks that ' +
        'this key belongs to the company and project of the request.',
      COG4: "Clients are other firms' servers: there are no users to sign in.",
    });
  }

  /**
   * `GET path`, worked by a function; open to everyone, since it tells about the API itself and holds no one's data.
   */
  forEveryone(path: string, worker: EngineLambda): void {
    acknowledge(this.add('GET', path, worker, false), {
      APIG4: 'What the API says about itself is no secret, and people open it in a browser, which sends no key.',
      COG4: 'It is for everyone: there are no users to sign in.',
    });
  }

  /** `POST path`, worked by a function; open, since a vendor proves itself by its signature. */
  postForVendors(path: string, worker: EngineLambda): void {
    acknowledge(this.add('POST', path, worker, false), {
      APIG4:
        'Vendors have no AWS identities and send no API keys. They sign each call, and the function checks the ' +
        'signature with the secret of the company that the call is for.',
      COG4: "Vendors' servers call: there are no users to sign in.",
    });
  }

  /** `GET` and `POST path`, worked by a function; open to whoever holds a mail that names it. */
  forRecipients(path: string, worker: EngineLambda): void {
    acknowledge(this.add(['GET', 'POST'], path, worker, false), {
      APIG4: 'Recipients have no keys: a token of the mail, which nobody can guess, says whose call it is.',
      COG4: 'Recipients have no accounts: there are no users to sign in.',
    });
  }

  private add(
    methods: Method | readonly Method[], path: string, worker: EngineLambda, apiKeyRequired: boolean,
  ): Resource {
    const resource = this.restApi.root.resourceForPath(path);
    const own = listed(methods);
    for (const method of own) {
      resource.addMethod(method, new LambdaIntegration(worker.live, { allowTestInvoke: false }), { apiKeyRequired });
    }
    refuseOtherMethods(resource, own);
    return resource;
  }

  private createApi(): RestApi {
    const { stage } = this;
    const accessLogs = this.logGroup('AccessLogs', `/aws/apigateway/${resourceNames(stage.name).api}`);
    const api = new RestApi(this, 'Api', {
      restApiName: resourceNames(stage.name).api,
      description: 'Takes requests for messages',
      // Clients are servers near the engine: another hop at the edge would only add time.
      endpointTypes: [EndpointType.REGIONAL],
      // As text, API Gateway would change every byte of a mail that is not UTF-8, and so what was signed.
      binaryMediaTypes: ['multipart/form-data'],
      cloudWatchRole: stage.setsApiGatewayLogRole,
      deployOptions: {
        stageName: stage.name,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: ACCESS_LOG_FORMAT,
        tracingEnabled: true,
        ...methodSettings(stage.throttle.api),
        methodOptions: {
          ...Object.fromEntries(
            WEBHOOKS.map(({ webhook: { path, isRare } }) => (
              [`${path}/POST`, methodSettings(isRare ? stage.throttle.mail : stage.throttle.webhooks)])),
          ),
          ...Object.fromEntries(
            ['GET', 'POST'].map((method) => [`${UNSUBSCRIBE_ROUTE}/${method}`, methodSettings(stage.throttle.mail)]),
          ),
          // Called without a key: what anyone asks takes nothing from the clients' rate.
          ...Object.fromEntries(OPEN_PATHS.map((path) => [`${path}/GET`, methodSettings(OPEN_THROTTLE)])),
        },
      },
    });
    // CDK adds an output for the URL by itself; the stack has its own.
    api.node.tryRemoveChild('Endpoint');
    // API Gateway would make this group by itself and keep it forever.
    const executionLogs = this.logGroup('ExecutionLogs', `API-Gateway-Execution-Logs_${api.restApiId}/${stage.name}`);
    api.deploymentStage.node.addDependency(executionLogs);
    acknowledgeApi(api, stage);
    return api;
  }

  private logGroup(id: string, logGroupName: string): LogGroup {
    return new LogGroup(this, id, {
      logGroupName,
      retention: this.stage.logRetentionDays,
      removalPolicy: this.stage.guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}

type Method = 'DELETE' | 'GET' | 'POST';

function listed(methods: Method | readonly Method[]): readonly Method[] {
  return typeof methods === 'string' ? [methods] : methods;
}

/** Where recipients of a mail opt out. */
export const UNSUBSCRIBE_ROUTE = `${UNSUBSCRIBE_PATH}/{token}`;

/** What the API says about itself. */
export const OPEN_PATHS = ['/openapi.json', '/docs'] as const;

/** A page for people and a document for their tools: both are asked for rarely. */
const OPEN_THROTTLE: Throttle = { rate: 5, burst: 10 };

/** A method with settings of its own inherits none of the stage's. */
function methodSettings({ rate, burst }: Throttle) {
  return {
    // Errors only, and no bodies: requests hold personal data.
    loggingLevel: MethodLoggingLevel.ERROR,
    dataTraceEnabled: false,
    metricsEnabled: true,
    throttlingRateLimit: rate,
    throttlingBurstLimit: burst,
  };
}

function acknowledgeApi(api: RestApi, stage: StageSettings): void {
  acknowledge(api, {
    APIG2:
      "The router validates requests: it names every fault at once in the contract's words, where a validator " +
      'of API Gateway names one in its own.',
  });
  acknowledge(api.deploymentStage, {
    APIG3:
      "A web firewall costs more than the whole idle stack. Keys, throttles and the router's size limit stand; " +
      'attach an ACL to this stage where the API is attacked.',
  });
  if (!stage.setsApiGatewayLogRole) return;
  acknowledge(api.node.findChild('CloudWatchRole'), {
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'The one role by which API Gateway writes the logs of every API of an account; AWS documents this policy for it.',
  });
}
