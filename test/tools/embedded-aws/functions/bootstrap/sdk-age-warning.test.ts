import { silenceAgeWarning } from '../../../../../tools/embedded-aws/functions/bootstrap/sdk-age-warning';

test('the SDK\'s note on old versions of Node.js is left out, other warnings are not', () => {
  const told: unknown[][] = [];
  const host = { emitWarning: (...warning: unknown[]) => { told.push(warning); } };
  silenceAgeWarning(host);
  host.emitWarning('NodeVersionSupportWarning: The AWS SDK for JavaScript (v3)');
  host.emitWarning('something else', 'DeprecationWarning');
  expect(told).toEqual([['something else', 'DeprecationWarning']]);
});
