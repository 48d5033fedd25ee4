import { claimsIn } from './reading';

describe('a link or an address', () => {
  test.each([
    ['https://example.com/u/1', 'link:https://example.com/u/1'],
    ['HTTPS://EXAMPLE.com/U/1', 'link:https://example.com/U/1'],
    ['http://example.com', 'link:http://example.com'],
    ['https://example.com/', 'link:https://example.com'],
    ['example.com.', 'link:https://example.com'],
    ['(see example.com/a?b=c#d)', 'link:https://example.com/a?b=c#d'],
    ['www.example.com', 'link:https://www.example.com'],
    ['example.com:8080/a', 'link:https://example.com:8080/a'],
    ['xn--exmple-cua.com', 'link:https://xn--exmple-cua.com'],
    ['пример.рф', 'link:https://пример.рф'],
    ['ｅｖｉｌ．ｃｏｍ', 'link:https://evil.com'],
    ['evil。com', 'link:https://evil.com'],
    ['evil\u00ADl.com', 'link:https://evill.com'],
    ['203.0.113.7/x', 'link:https://203.0.113.7/x'],
    ['ftp://example.com', 'link:ftp://example.com'],
    ['javascript:alert', 'link:javascript:alert'],
    ['mailto:someone', 'link:mailto:someone'],
    ['end.Please', 'link:https://end.please'],
    ['b.sc/x', 'link:https://b.sc/x'],
    ['hr@Example.com,', 'address:hr@example.com'],
    ['@somebody', 'address:@somebody'],
    ['a @ b', 'address:@'],
  ])('%j is %j', (text, key) => expect(claimsIn(text)).toEqual([key]));

  test.each([
    'evil[.]com', 'evil (dot) com', 'evil dot com', 'evil -dot- com', 'evil punkt com', 'evil full stop com', 'evil . com', 'evil .com', 'evil. com pay', 'http : //evil',
    'https:/evil', 'name (at) host', 'http evil', 'www evil', 'x//evil', 'path/example.com', '?u=example.com', 'héttps://example.com',
  ])('%j is broken up, which nothing proves', (text) => expect(claimsIn(text)[0]).toMatch(/^link:broken up/));

  test.each(['B.Sc. and M.Ed.', 'Ph.D.', 'e.g. this', 'i.e. that', 'cv.pdf', 'Node.js', 'U.K.', 'a.m.', 'wait...what', 'and/or', 'a .NET developer', 'v.', 'the point is', 'Mr. Blake'])(
    '%j is none', (text) => expect(claimsIn(text)).toEqual([]),
  );
});
