import { STAGES, stageSettings } from '../../src/infra/stages';

test('there are dev and prod, each once', () => {
  expect(STAGES.map(({ name }) => name)).toEqual(['dev', 'prod']);
  expect(STAGES.map(({ name }) => stageSettings(name).name)).toEqual(['dev', 'prod']);
});

test('an unknown stage is refused by a sentence that names the known ones', () => {
  expect(() => stageSettings('staging')).toThrow(
    'Synthesising the stage "staging" failed: src/infra/stages.ts knows dev and prod. Use one of these, or add ' +
    'the stage there.',
  );
});

test('prod is guarded and dev is not', () => {
  expect(STAGES.map(({ guarded }) => guarded)).toEqual([false, true]);
});

test('every stage gives clients the ten requests a second, twenty at once, that they were promised', () => {
  expect(STAGES.map(({ throttle }) => throttle.client)).toEqual([{ rate: 10, burst: 20 }, { rate: 10, burst: 20 }]);
});

test('no stage lets one client\'s share use up the whole API', () => {
  expect(
    STAGES.filter(
      ({ throttle }) =>
        throttle.api.rate < 3 * throttle.client.rate || throttle.api.burst < 3 * throttle.client.burst,
    ),
  ).toEqual([]);
});

test('vendors are reached by their public addresses, over TLS', () => {
  expect(
    STAGES.flatMap(({ vendors }) => Object.values(vendors)).filter(
      (url) => !/^https:\/\/(?:api|content|messaging)\./.test(url),
    ),
  ).toEqual([]);
});
