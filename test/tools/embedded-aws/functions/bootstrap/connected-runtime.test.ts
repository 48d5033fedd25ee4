import { EventEmitter } from 'node:events';
import Module from 'node:module';
import { runConnected } from '../../../../../tools/embedded-aws/functions/bootstrap/connected-runtime';
import type { HostProcess } from '../../../../../tools/embedded-aws/functions/bootstrap/connected-runtime';
import type { ProcessMessage } from '../../../../../tools/embedded-aws/functions/runtime-protocol';
import { temporaryFolder, writeCode } from '../handmade-stack';

const INVOKE = { requestId: 'request-1', invokedFunctionArn: 'arn', traceId: 'Root=1-2', deadline: 0, event: '{"value":1}' };
const original: unknown = Reflect.get(Module, '_resolveFilename');

class FakeProcess extends EventEmitter implements HostProcess {
  readonly sent: ProcessMessage[] = [];
  readonly exits: number[] = [];
  readonly written: string[] = [];
  readonly channel;
  readonly stdout;
  readonly stderr;
  readonly memoryUsage = { rss: () => 42 };
  private cpu = 0;

  constructor(readonly env: NodeJS.ProcessEnv) {
    super();
    this.channel = { ref: () => { this.written.push('<held>'); }, unref: () => { this.written.push('<let go>'); } };
    this.stdout = { write: (text: string) => this.written.push(text) };
    this.stderr = this.stdout;
  }

  emitWarning(): void {
    this.written.push('<warning>');
  }

  send(message: ProcessMessage, sent: () => void): void {
    this.sent.push(message);
    this.emit('sent');
    sent();
  }

  cpuUsage(): { user: number; system: number } {
    this.cpu += 10;
    return { user: 2 * this.cpu, system: this.cpu };
  }

  exit(code: number): void {
    this.exits.push(code);
  }
}

describe('a function\'s process', () => {
  const folder = temporaryFolder();
  afterEach(() => { Reflect.set(Module, '_resolveFilename', original); });
  afterAll(() => { folder.remove(); });

  async function start(code: string, name: string) {
    writeCode(folder.path, name, code);
    const host = new FakeProcess({ LAMBDA_TASK_ROOT: `${folder.path}/${name}`, _HANDLER: 'index.handler' });
    const target = Object.create(console);
    await runConnected(host, target);
    return { host, target };
  }

  test('is ready once its handler is loaded, then answers', async () => {
    const { host } = await start('exports.handler = async (event) => event.value;', 'Ready');
    expect(host.sent).toEqual([{ kind: 'ready' }]);
    const answered = new Promise((resolve) => host.once('sent', resolve));
    host.emit('message', INVOKE);
    await answered;
    expect(host.sent[1]).toEqual({ kind: 'answered', requestId: 'request-1', payload: '1', residentBytes: 42, cpuMicroseconds: 30 });
    expect(host.written).toEqual(['<let go>', '<held>', '\u0000end of request-1\n', '\u0000end of request-1\n']);
  });

  test('names the request in what the handler logs', async () => {
    const { host, target } = await start('exports.handler = async () => new Promise(() => {});', 'Logs');
    host.emit('message', INVOKE);
    target.log('hello');
    expect(host.written.at(-1)).toMatch(/\trequest-1\tINFO\thello\n$/);
  });

  test('tells why it could not load its handler, and ends', async () => {
    const { host } = await start('throw new RangeError("at load");', 'Fails');
    expect(host.sent).toEqual([expect.objectContaining({ kind: 'initFailed', failure: expect.objectContaining({ errorType: 'RangeError' }) })]);
    expect(host.exits).toEqual([1]);
  });

  test('ends when the embedded cloud has ended', async () => {
    const { host } = await start('exports.handler = () => 1;', 'Orphan');
    host.emit('disconnect');
    expect(host.exits).toEqual([0]);
  });

  test('outlives an interrupt from the terminal', async () => {
    const { host } = await start('exports.handler = () => 1;', 'Interrupted');
    expect(host.emit('SIGINT')).toBe(true);
    expect(host.exits).toEqual([]);
  });

  test('fails the invocation whose promise is never settled', async () => {
    const { host } = await start('exports.handler = async () => new Promise(() => {});', 'Stuck');
    host.emit('message', INVOKE);
    host.emit('beforeExit');
    expect(host.sent[1]).toMatchObject({ failure: { errorType: 'Runtime.NodeJsExit' } });
  });

  test.each([
    ['uncaughtException', 129, 'Error'],
    ['unhandledRejection', 128, 'Runtime.UnhandledPromiseRejection'],
  ])('an %s ends it with %i', async (event, exitCode, errorType) => {
    const { host } = await start('exports.handler = async () => new Promise(() => {});', `Crash${exitCode}`);
    host.emit('message', INVOKE);
    host.emit(event, new Error('loose'));
    expect(host.sent[1]).toMatchObject({ kind: 'failed', failure: { errorType }, isEnding: true });
    expect(host.exits).toEqual([exitCode]);
  });

  test('an uncaught error before the handler is loaded is an error of the start', async () => {
    const host = new FakeProcess({});
    const starting = runConnected(host, Object.create(console));
    host.emit('uncaughtException', new Error('early'));
    await starting;
    expect(host.sent[0]).toMatchObject({ kind: 'initFailed' });
  });
});
