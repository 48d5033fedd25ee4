import { optional, queueUrls, required } from '../../src/handlers/environment';
import { setLambdaEnvironment } from './lambda-environment';

describe('the environment of a function', () => {
  beforeEach(() => { setLambdaEnvironment(); });

  test('a variable that the stack sets is read', () => {
    expect(required('companyTable')).toBe('companies');
    expect(queueUrls().sms).toBe('http://127.0.0.1:9/s');
  });

  test('a missing one is named, with what to do', () => {
    delete process.env.COMPANY_TABLE;
    expect(() => required('companyTable')).toThrow(
      'The function could not start: its environment lacks COMPANY_TABLE. Deploy the stack again, which sets it.',
    );
  });

  test('an empty one counts as absent', () => {
    process.env.RECEIPTS_URL = '';
    expect(optional('receiptsUrl')).toBeUndefined();
  });

  test('queues of channels that the function does not use are left out', () => {
    process.env.QUEUE_URLS = JSON.stringify({ email: 'http://127.0.0.1:9/e', pigeon: 'x', sms: 5 });
    expect(queueUrls()).toEqual({ email: 'http://127.0.0.1:9/e' });
  });
});
