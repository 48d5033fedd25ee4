import { parseTemplate } from '../../../src/proof/template/fill-template';
import { readHtml } from '../../../src/proof/template/html-places';

function read(html: string) {
  const { parts } = parseTemplate({
    channel: 'email',
    template: { name: 'n', version: 1, language: 'en', subject: 's', text: 't', html, variables: {} },
  });
  const { texts, linkTargets, linkAddresses, mailFields, isUnsafe } = readHtml(parts.html ?? []);
  const spoken = texts.map((segments) =>
    segments.map((segment) => ('variable' in segment ? `{{${segment.variable}}}` : segment.literal)).join(''),
  );
  return {
    spoken,
    linkTargets: [...linkTargets],
    linkAddresses: [...linkAddresses],
    mailFields: [...mailFields],
    isUnsafe,
  };
}

test('the text is what a reader sees: inline tags join, others part, styles and comments are silent', () => {
  const { spoken, isUnsafe } = read(
    '<style>.a{width:600px}</style><p>Pay <b>&pound;</b><i>{{amount}}</i>&nbsp;now</p><td>5</td><!-- 7 '
      + '--><td>{{next}}&#37; &#x41; &unknown;</td>',
  );
  expect(spoken).toEqual(['\n\nPay £{{amount}} now\n\n5\n\n\n{{next}}% A &unknown;\n']);
  expect(isUnsafe).toBe(false);
});

test('attributes with variables are texts of their own, and targets of links are known', () => {
  const { spoken, linkTargets, isUnsafe } = read(
    '<a title="For {{name}}" href=\'{{link}}\'>{{name}}</a><img alt="" '
      + 'src="https://example.com/{{id}}?x={{name}}"><a href="{{other}}{{id}}">x</a>',
  );
  expect(spoken).toEqual([
    '{{name}}\nx',
    'For {{name}}',
    '{{link}}',
    'https://example.com/{{id}}?x={{name}}',
    '{{other}}{{id}}',
  ]);
  expect(linkTargets).toEqual(['link', 'other']);
  expect(isUnsafe).toBe(false);
});

test('an address of a mail or a call, and the fields behind it, are known', () => {
  const found = read(
    '<a href="mailto:{{address}}?subject={{ref}}&body=About%20{{topic}}">a</a><a href="TEL:{{number}}">b</a>'
      + '<a href="mailto:desk@example.com?subject={{ref}}">c</a>',
  );
  expect(found).toMatchObject({
    linkTargets: [], linkAddresses: ['address', 'number'], mailFields: ['ref', 'topic'], isUnsafe: false,
  });
});

test.each([
  'action', 'background', 'cite', 'classid', 'codebase', 'data', 'formaction', 'href', 'icon', 'itemid', 'itemtype',
  'longdesc', 'manifest', 'poster', 'profile', 'src', 'usemap', 'xlink:href',
])('a variable that is the whole of %s is a link', (attribute) => {
  expect(read(`<div ${attribute}="{{x}}">a</div>`)).toMatchObject({ linkTargets: ['x'], isUnsafe: false });
  expect(read(`<div ${attribute.toUpperCase()}="//{{x}}">a</div>`).isUnsafe).toBe(true);
});

test.each([
  ['a redirection', '<meta http-equiv="refresh" content="0;url={{x}}">'],
  ['any other word about the document', '<META name="a" content="{{x}}">'],
  ['the base of all links', '<base href="{{x}}">'],
  ['what the document loads', '<link rel="stylesheet" href="https://example.com/{{x}}">'],
  ['an embedded document', '<embed src="{{x}}">'],
  ['a parameter of one', '<param name="src" value="{{x}}">'],
  ['a list of images', '<img srcset="https://example.com/a.png 1x, {{x}} 2x">'],
  ['a list of images that are loaded early', '<img imagesrcset="{{x}}">'],
  ['a list of addresses to report to', '<a href="https://example.com/" ping="https://example.com/a {{x}}">a</a>'],
  ['a part of an address', '<a href="mailto:{{x}}@example.com">a</a>'],
  ['one of two addresses', '<a href="mailto:desk@example.com,{{x}}">a</a>'],
  ['a part of a number', '<a href="tel:+44{{x}}">a</a>'],
  ['a text message', '<a href="sms:{{x}}">a</a>'],
  ['a script', '<a href="javascript:{{x}}">a</a>'],
])('a variable in %s is unsafe', (_where, html) => expect(read(html).isUnsafe).toBe(true));

test.each([
  ['a script', '<script>var a = "{{x}}"</script>'],
  ['a style', '<style>a{color:{{x}}}</style>'],
  ['a comment', '<!-- {{x}} -->'],
  ['an unclosed comment', '<!-- {{x}}'],
  ['an event', '<a onclick="{{x}}">a</a>'],
  ['a style attribute', '<a style="{{x}}">a</a>'],
  ['a document in an attribute', '<iframe srcdoc="{{x}}"></iframe>'],
  ['an unquoted attribute', '<a href={{x}}>a</a>'],
  ['the name of an attribute', '<a {{x}}="b">a</a>'],
  ['the name of a tag', '<{{x}}>a'],
  ['the host of a link', '<a href="https://{{x}}/a">a</a>'],
  ['a host\'s beginning', '<a href="https://example.{{x}}">a</a>'],
  ['a scheme', '<a href=" {{x}}">a</a>'],
  ['a tag that never ends', '<a href="{{x}}" a'],
  ['a vector image', '<svg><text>{{x}}</text></svg>'],
])('a variable in %s is unsafe', (_where, html) => expect(read(html).isUnsafe).toBe(true));
