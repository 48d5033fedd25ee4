import { functionNameOf } from '../../../../tools/embedded-aws/functions/function-arn';

describe('a function as other resources name it', () => {
  test.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:router', { name: 'router' }],
    ['arn:aws:lambda:eu-west-1:111122223333:function:router:live', { name: 'router', qualifier: 'live' }],
    ['arn:aws:lambda:eu-west-1:111122223333:function:router:$LATEST', { name: 'router' }],
    ['router', { name: 'router' }],
    ['router:7', { name: 'router', qualifier: '7' }],
  ])('%s', (written, read) => {
    expect(functionNameOf(written)).toEqual(read);
  });

  test('something else is an error that names it', () => {
    expect(() => functionNameOf('arn:aws:s3')).toThrow('Reading the function name "arn:aws:s3" failed');
  });
});
