import { twilioSignature } from '../../../../tools/vendor-simulators/twilio-messages/signature';

describe('Twilio\'s signature', () => {
  const parameters = { To: '+447700900002', From: '+447700900001', MessageStatus: 'sent', Body: 'Hello' };
  const url = 'https://hooks.example.com/status?c=acme%23one&a=7';

  it('is what OpenSSL makes of the URL and the sorted parameters', () => {
    // printf '%s' "<url>BodyHelloFrom+447700900001MessageStatussentTo+447700900002" | openssl dgst -sha1 -hmac token-of-the-example -binary | base64
    expect(twilioSignature('token-of-the-example', url, parameters)).toBe('WgEQZsLc1YmeRsDaupcchas9MsI=');
  });

  it('leaves out the fragment', () => {
    expect(twilioSignature('token-of-the-example', `${url}#rc=5&rp=all`, parameters)).toBe('WgEQZsLc1YmeRsDaupcchas9MsI=');
  });

  it('depends on the query', () => {
    expect(twilioSignature('token-of-the-example', url.replace('a=7', 'a=8'), parameters)).not.toBe('WgEQZsLc1YmeRsDaupcchas9MsI=');
  });
});
