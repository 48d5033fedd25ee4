import { reportSuite } from '../../../../tools/delivery-steps/nightly/suite';

test.each([['success', 'clean'], ['failure', 'found'], ['cancelled', 'unknown'], ['', 'unknown']])(
  'a build that ended as "%s" is %s', (outcome, state) => {
    expect(reportSuite('20.20.0', outcome)).toMatchObject({ state, title: 'The build fails on Node.js 20.20.0' });
  });
