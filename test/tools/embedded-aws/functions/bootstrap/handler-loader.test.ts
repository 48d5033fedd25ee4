import { loadHandler } from '../../../../../tools/embedded-aws/functions/bootstrap/handler-loader';
import { temporaryFolder, writeCode } from '../handmade-stack';

const CODE: Readonly<Record<string, string>> = {
  'plain.js':
    'exports.handler = (event) => event.value + 1; exports.group = { handler: () => "deep" }; exports.value = 1; ' +
    'exports.callback = (event, context, callback) => callback(null, 1);',
  'deep.cjs': 'exports.group = { handler: () => "deep" };',
  'needy.js': 'require("./not-there");',
  'broken.js': 'exports.handler = (;',
  'thrower.js': 'throw new RangeError("at load");',
  'text-thrower.js': 'throw "text";',
};

describe('finding the function that a handler string names', () => {
  const folder = temporaryFolder();
  beforeAll(() => { for (const [file, code] of Object.entries(CODE)) writeCode(folder.path, 'code', code, file); });
  afterAll(() => { folder.remove(); });

  test.each([
    ['code/plain.handler', 2],
    ['code/deep.group.handler', 'deep'],
  ])('%s is loaded', async (handlerName, answer) => {
    expect((await loadHandler(folder.path, handlerName))({ value: 1 }, {})).toBe(answer);
  });

  test.each([
    ['../plain.handler', { name: 'Runtime.MalformedHandlerName' }],
    ['code/plain', { name: 'Runtime.MalformedHandlerName' }],
    ['code/absent.handler', { name: 'Runtime.ImportModuleError', message: "Error: Cannot find module 'absent'" }],
    ['code/needy.handler', { name: 'Runtime.ImportModuleError', message: expect.stringContaining('./not-there') }],
    ['code/broken.handler', { name: 'Runtime.UserCodeSyntaxError' }],
    ['code/thrower.handler', { name: 'RangeError', message: 'at load' }],
    ['code/plain.other', { name: 'Runtime.HandlerNotFound', message: 'code/plain.other is undefined or not exported' }],
    ['code/plain.handler.name.length.more', { name: 'Runtime.HandlerNotFound' }],
    ['code/plain.value', { name: 'Runtime.HandlerNotFound', message: 'code/plain.value is not a function' }],
    // As Node.js 24 on Lambda does.
    ['code/plain.callback', { name: 'Runtime.CallbackHandlerDeprecated' }],
  ])('%s is refused as in Lambda', async (handlerName, error) => {
    await expect(loadHandler(folder.path, handlerName)).rejects.toMatchObject(error);
  });

  test('a thrown value that is not an object is passed on', async () => {
    await expect(loadHandler(folder.path, 'code/text-thrower.handler')).rejects.toBe('text');
  });
});
