import { isBinary } from '../../../../tools/embedded-aws/api/api-request';

describe('whether a media type is binary', () => {
  test.each([
    ['image/png', ['image/png'], true],
    ['IMAGE/PNG; q=1', ['image/*'], true],
    ['text/plain', ['*/*'], true],
    ['text/plain', ['image/png'], false],
    [undefined, ['*/*'], false],
    ['text/plain', [], false],
    ['', ['*/*'], false],
  ])('%s among %j: %s', (mediaType, binary, verdict) => {
    expect(isBinary(mediaType, binary)).toBe(verdict);
  });
});
