import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../src/core/names';
import { writeAccessFile } from '../../tools/local-stage/access-file';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { startStage } from './local-stage-of-tests';
import type { Part } from './transcript';
import { pageOf, partsOf, runLine, steady } from './transcript';

type Item = Readonly<Record<string, unknown>>;

const PAGE = join(__dirname, '../../docs/onboarding.md');
const A_DAY_AND_MORE = 25 * 60 * 60_000;
const names = resourceNames(LOCAL_STAGE);

describe('the page on onboarding', () => {
  let stage: LocalStage;
  const folder = mkdtempSync(join(tmpdir(), 'transcript-'));

  beforeAll(async () => {
    stage = await startStage('transcript', undefined, { runsSchedules: false });
    writeAccessFile(folder, stage);
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  async function recordOf(requestId: string): Promise<Item | undefined> {
    const { Items: items = [] } = await stage.tables.send(
      new ScanCommand({ TableName: names.conversationTable, ConsistentRead: true }),
    );
    return items.find((item) => item.request_id === requestId);
  }

  /** Whoever reads takes a moment between two lines; a message has come as far as it goes by itself. */
  async function pause(line: string): Promise<void> {
    const requestId = /conversation show '[^']*#([0-9a-f-]{36})'/.exec(line)?.[1];
    if (requestId === undefined) return;
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      const {
        conversation_status: status,
        delivery_status: delivery,
        failure_reason: reason,
      } = (await recordOf(requestId)) ?? {};
      if (reason !== undefined && status !== 'sending' && status !== 'processing') return;
      if (status === 'initial_message_sent' && delivery === 'delivered') return;
      await setTimeout(50);
    }
  }

  /** What the page says that happens meanwhile, made to happen. */
  const EVENTS: ReadonlyArray<readonly [RegExp, (match: readonly string[]) => Promise<void>]> = [
    [/^a day later/, async () => {
      const record = await recordOf('00000000-0000-4000-8000-000000000009');
      // The clock stands for nobody, so all that has happened is moved back instead.
      const earlier = (at: unknown) => new Date(Date.parse(String(at)) - A_DAY_AND_MORE).toISOString();
      const history: readonly Item[] = JSON.parse(JSON.stringify(record?.history));
      await stage.tables.send(
        new UpdateCommand({
          TableName: names.conversationTable,
          Key: { primary_channel: record?.primary_channel, conversation_id: record?.conversation_id },
          UpdateExpression: 'SET due_at = :due, history = :history',
          ExpressionAttributeValues: {
            ':due': earlier(record?.due_at),
            ':history': history.map((entry) => ({ ...entry, at: earlier(entry.at) })),
          },
        }),
      );
      await stage.cloud.runSchedule(names.reconciler);
    }],
    [/^an outage leaves the queue message of (\S+) among the dead letters$/, async ([, requestId = '']) => {
      const { cloud } = stage;
      const queues = new SQSClient({
        endpoint: cloud.awsEndpoint,
        region: cloud.template.region,
        credentials: cloud.services.administratorCredentials,
      });
      const url = cloud.template
        .ofType('AWS::SQS::Queue')
        .find(({ name }) => name === names.deadLetterQueue('sms'))?.reference;
      await queues.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: String((await recordOf(requestId))?.conversation_id),
          MessageGroupId: 'g',
        }),
      );
      queues.destroy();
    }],
  ];

  async function play(part: Part): Promise<Part> {
    if (part.kind === 'text') return part;
    if (part.kind === 'event') {
      const [event, happen] = EVENTS.find(([pattern]) => pattern.test(part.line)) ?? [];
      if (!event || !happen) {
        throw new Error(`The page tells of something that this test cannot make happen: ${part.line}`);
      }
      await happen(event.exec(part.line) ?? []);
      return part;
    }
    await pause(part.line);
    return { ...part, printed: steady(await runLine(part.line, folder)) };
  }

  test('prints what the commands print, line by line', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const played: Part[] = [];
    for (const part of partsOf(page)) played.push(await play(part));
    // To write the page anew after a change of words: WRITE_TRANSCRIPT=1. Read it then before it is committed.
    if (process.env.WRITE_TRANSCRIPT) writeFileSync(PAGE, pageOf(played));
    else expect(pageOf(played)).toBe(page);
  });
});
