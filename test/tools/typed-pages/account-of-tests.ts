import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../tools/embedded-aws/loopback-listener';

export const ACCOUNT = '123456789012';

/** An AWS account over HTTP in which nothing is but some stacks. */
export interface AccountOfTests {
  readonly url: string;
  /** Status by name. */
  readonly stacks: Map<string, string>;
  /** Operations that were called, in order; names that would change something are among them. */
  readonly called: string[];
  stop(): Promise<void>;
}

/** Answers each protocol of AWS as an empty account does: lists are empty, what is asked for by name is not there. */
export async function startAccount(): Promise<AccountOfTests> {
  const stacks = new Map<string, string>();
  const called: string[] = [];
  const { url, stop } = await listenOnLoopback(0, async (incoming, outgoing) => {
    const body = await text(incoming);
    const form = new URLSearchParams(incoming.headers['content-type']?.includes('form') ? body : '');
    const action = form.get('Action');
    called.push(action ?? targetOf(incoming));
    if (action !== null) {answerQuery(outgoing, action, form, stacks);} else if (incoming.headers['smithy-protocol'] === 'rpc-v2-cbor') {
      // An empty map.
      write(outgoing, 200, 'application/cbor', Buffer.from([0xa0]), { 'smithy-protocol': 'rpc-v2-cbor' });
    } else {answerJson(outgoing, targetOf(incoming));}
  });
  return { url, stacks, called, stop };
}

function targetOf({ headers, method, url }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target.split('.').at(-1) ?? '' : `${method ?? ''} ${url ?? ''}`;
}

/** CloudFormation, IAM, SNS and STS. */
function answerQuery(
  outgoing: ServerResponse, action: string, form: URLSearchParams, stacks: ReadonlyMap<string, string>): void {
  const name = form.get('StackName');
  if (name !== null && !stacks.has(name)) {
    write(outgoing, 400, 'text/xml', '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>'
      + `<Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`);
    return;
  }
  const results: Readonly<Record<string, string>> = {
    GetCallerIdentity: `<Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/ada</Arn><UserId>A</UserId>`,
    DescribeStacks: `<Stacks>${[...stacks].filter(([known]) => name === null || known === name).map(stackXml).join('')}</Stacks>`,
    GetTemplate: '<TemplateBody>{"Resources":{}}</TemplateBody>',
  };
  write(outgoing, 200, 'text/xml', `<${action}Response><${action}Result>${results[action] ?? ''}</${action}Result>`
    + `<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`);
}

function stackXml([name, status]: readonly [string, string]): string {
  const output = (key: string, value: string) =>
    `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`;
  return `<member><StackName>${name}</StackName><StackStatus>${status}</StackStatus>`
    + '<CreationTime>2026-11-30T09:00:00Z</CreationTime><EnableTerminationProtection>false</EnableTerminationProtection>'
    + `<Outputs>${output('BootstrapVersion', '30')}${output('ApiUrl', 'https://api.example.com')}</Outputs></member>`;
}

function answerJson(outgoing: ServerResponse, operation: string): void {
  if (operation === 'DescribeTable') {
    write(outgoing, 400, 'application/x-amz-json-1.0', JSON.stringify(
      { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'Requested resource not found' }));
    return;
  }
  const quota = operation.includes('/account-settings')
    ? { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 } }
    : {};
  write(outgoing, 200, 'application/json', JSON.stringify(quota));
}

function write(
  outgoing: ServerResponse, status: number, type: string, body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  outgoing.writeHead(status, { 'content-type': type, ...headers });
  outgoing.end(body);
}
