import { flushing, powertoolsObserver } from '../../src/handlers/powertools-observer';
import { setLambdaEnvironment } from './lambda-environment';

describe('logs and metrics', () => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    setLambdaEnvironment();
    process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
    process.env.POWERTOOLS_DEV = 'true';
    process.env.POWERTOOLS_METRICS_DISABLED = 'false';
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      jest.spyOn(console, method).mockImplementation((...words: readonly unknown[]) => {
        lines.push(String(words[0]));
      });
    }
  });
  afterEach(() => {
    delete process.env.POWERTOOLS_DEV;
    jest.restoreAllMocks();
  });

  const written = () => lines.map((line): Record<string, unknown> => JSON.parse(line));

  test('an error is told by type, message and place; what else it carries stays out', () => {
    const fault = Object.assign(new TypeError('the table is gone'), { request: { recipient_tel: '+447700900210' } });
    powertoolsObserver().error('a message could not be processed', fault, { channel: 'sms' });
    expect(written()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        message: 'a message could not be processed',
        channel: 'sms',
        fault: {
          type: 'TypeError',
          message: 'the table is gone',
          stack: expect.stringContaining('powertools-observer.test.ts'),
        },
      }),
    ]);
    expect(lines.join()).not.toContain('7700900210');
  });

  test('what is thrown and is not an error is told as such', () => {
    powertoolsObserver().error('failed', 'a secret word');
    expect(written()[0]).toMatchObject({ fault: { type: 'string' } });
    expect(lines.join()).not.toContain('a secret word');
  });

  test('information and warnings carry their fields', () => {
    const observer = powertoolsObserver();
    observer.info('request accepted', { conversation_id: 'c#p#r#s' });
    observer.warn('a queue message was dropped');
    expect(written()).toMatchObject([
      { level: 'INFO', message: 'request accepted', conversation_id: 'c#p#r#s' },
      { level: 'WARN' },
    ]);
  });

  test('measurements of an invocation are one line for each set of dimensions, written at its end', () => {
    const observer = powertoolsObserver();
    observer.count('MessageSent', { channel: 'sms' });
    observer.count('ModelTokens', { channel: 'sms' }, 120);
    observer.count('ModelTokens', { channel: 'sms' }, 80);
    observer.duration('SendTime', 250, { channel: 'email' });
    expect(lines).toEqual([]);
    observer.flush();
    expect(written()).toMatchObject([
      { MessageSent: 1, ModelTokens: [120, 80], channel: 'sms' },
      {
        SendTime: 250,
        channel: 'email',
        _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: 'SendTime', Unit: 'Milliseconds' }] }] },
      },
    ]);
  });

  test('what was written once is not written again, and its dimensions are the same the next time', () => {
    const observer = powertoolsObserver();
    observer.count('MessageSent', { channel: 'sms' });
    observer.flush();
    observer.flush();
    observer.count('MessageSent', { channel: 'sms' });
    observer.flush();
    const [first, second] = written();
    expect(lines).toHaveLength(2);
    expect(second).toMatchObject({ MessageSent: 1, channel: 'sms' });
    expect(JSON.stringify(second?._aws)).toContain(JSON.stringify(Object(first?._aws).CloudWatchMetrics[0].Dimensions));
  });

  test('a handler that fails writes what it measured', async () => {
    const observer = powertoolsObserver();
    const handler = flushing(observer, async (name: 'MessageSent') => {
      observer.count(name);
      await Promise.reject(new Error('The function failed.'));
    });
    await expect(handler('MessageSent')).rejects.toThrow('The function failed.');
    expect(written()).toMatchObject([{ MessageSent: 1 }]);
  });
});
