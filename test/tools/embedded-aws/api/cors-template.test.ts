import { readCorsTemplate } from '../../../../tools/embedded-aws/api/cors-template';
import { CORS_TEMPLATE } from './handmade-api';

const overrides = (headers: Readonly<Record<string, string>>) =>
  readCorsTemplate(CORS_TEMPLATE, 'Options')((name) => headers[name] ?? '');

describe('the template that CDK writes for several origins', () => {
  test.each([
    [{ Origin: 'https://b.example.com' }], [{ origin: 'https://c.example.com' }],
  ])('answers an allowed origin with itself: %j', (headers) => {
    expect(overrides(headers)).toEqual({ 'Access-Control-Allow-Origin': Object.values(headers)[0] });
  });

  test.each([[{ Origin: 'https://evil.example.com' }], [{}]])('overrides nothing for another: %j', (headers) => {
    expect(overrides(headers)).toEqual({});
  });

  test('may be empty', () => {
    expect(readCorsTemplate('', 'Options')(() => 'x')).toEqual({});
  });

  test('knows conditions inside of conditions', () => {
    const template = [
      '#set($a = $input.params().header.get("A"))',
      '#if($a == "1")',
      '#if($a == "2")',
      '#end',
      '#set($context.responseOverride.header.X = $a)',
      '#end',
      '#set($context.responseOverride.header.Y = $b)',
    ].join('\n');
    expect(readCorsTemplate(template, 'Options')((name) => name === 'A' ? '1' : '')).toEqual({ X: '1', Y: '' });
  });

  test.each([
    '#foreach($a in $b)',
    '#set($a = $util.urlEncode("x"))',
    '#if($a != "b")',
    '#if($a == "b" && $c == "d")',
    '#set($context.responseOverride.status = 201)',
    'plain text',
    '#else',
  ])('anything else is refused and named: %s', (line) => {
    expect(() => readCorsTemplate(line, 'Options')).toThrow(
      'Reading the response template of Options failed: the embedded cloud runs only what CDK writes for CORS, not '
        + `"${line}"`,
    );
  });
});
