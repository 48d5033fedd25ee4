import { newTraceId } from '../../../../tools/embedded-aws/functions/trace-id';

test('a trace header has X-Ray\'s form and asks for no segments', () => {
  expect(newTraceId(1_700_000_000_000)).toMatch(/^Root=1-6553f100-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
});
