import { errorLogger, patchConsole } from '../../../../../tools/embedded-aws/functions/bootstrap/lambda-console';
import type { LogSettings } from '../../../../../tools/embedded-aws/functions/bootstrap/lambda-console';

const NOON = Date.UTC(2026, 0, 2, 12);

function patched(settings: LogSettings, requestId: string | undefined = 'request-1') {
  const lines: string[] = [];
  const target = Object.create(console);
  patchConsole(target, settings, () => requestId, (line) => lines.push(line), () => NOON);
  return { target, lines };
}

const TEXT = { format: 'Text', level: undefined };
const JSON_LINES = { format: 'JSON', level: undefined };

describe('the console of a function', () => {
  test('writes tab-separated lines that name time, request and level', () => {
    const { target, lines } = patched(TEXT);
    target.log('count: %d', 3, { more: true });
    target.error('bad');
    expect(lines).toEqual([
      '2026-01-02T12:00:00.000Z\trequest-1\tINFO\tcount: 3 { more: true }\n',
      '2026-01-02T12:00:00.000Z\trequest-1\tERROR\tbad\n',
    ]);
  });

  test('keeps several lines of text in one event', () => {
    const { target, lines } = patched(TEXT);
    target.warn('first\nsecond');
    expect(lines).toEqual(['2026-01-02T12:00:00.000Z\trequest-1\tWARN\tfirst\rsecond\n']);
  });

  test('drops lines below the level', () => {
    const { target, lines } = patched({ format: 'JSON', level: 'WARN' });
    target.debug('no');
    target.log('no');
    target.warn('yes');
    expect(lines).toHaveLength(1);
  });

  test('writes JSON with a value as it is', () => {
    const { target, lines } = patched(JSON_LINES);
    target.info({ state: 'sent' });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { timestamp: '2026-01-02T12:00:00.000Z', level: 'INFO', requestId: 'request-1', message: { state: 'sent' } },
    ]);
  });

  test('writes an error as its fields in JSON', () => {
    const { target, lines } = patched(JSON_LINES);
    target.error(new RangeError('too far'));
    expect(JSON.parse(lines[0] ?? '').message).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
  });

  test('adds the fields of an error among several values', () => {
    const { target, lines } = patched(JSON_LINES);
    target.error('failed', new RangeError('too far'));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'too far',
      message: expect.stringMatching(/^failed RangeError/),
    });
  });

  test('writes what JSON cannot hold as text', () => {
    const { target, lines } = patched(JSON_LINES);
    const circular: { self?: unknown } = {};
    circular.self = circular;
    target.log(circular);
    expect(JSON.parse(lines[0] ?? '').message).toContain('[Circular *1]');
  });

  test('writes several values without an error as one text', () => {
    const { target, lines } = patched(JSON_LINES);
    target.trace('a', 'b');
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      timestamp: '2026-01-02T12:00:00.000Z',
      level: 'TRACE',
      requestId: 'request-1',
      message: 'a b',
    });
  });
});

describe('an error that the runtime itself reports', () => {
  test('stands as JSON behind its title in text logs', () => {
    const { target, lines } = patched(TEXT);
    errorLogger(target, TEXT)('Invoke Error', Object.assign(new TypeError('bad'), { code: 7 }));
    const [, json = ''] = (lines[0] ?? '').split('Invoke Error \t');
    expect(JSON.parse(json)).toMatchObject({ errorType: 'TypeError', errorMessage: 'bad', code: 7 });
  });

  test('stands alone in JSON logs', () => {
    const { target, lines } = patched(JSON_LINES);
    errorLogger(target, JSON_LINES)('Invoke Error', 'text');
    expect(JSON.parse(lines[0] ?? '').message).toMatchObject({ errorType: 'Error', errorMessage: 'text' });
  });
});
