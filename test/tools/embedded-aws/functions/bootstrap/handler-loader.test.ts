import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadHandler } from '../../../../../tools/embedded-aws/functions/bootstrap/handler-loader';
import { temporaryFolder, writeCode } from '../handmade-stack';

describe('finding the function that a handler string names', () => {
  const folder = temporaryFolder();
  beforeAll(() => { writeFileSync(join(folder.path, 'plain.js'), 'exports.handler = (event) => event.value + 1;'); });
  afterAll(() => { folder.remove(); });
  const load = async (handlerName: string) => loadHandler(folder.path, handlerName);

  test('takes an export of a file', async () => {
    expect((await load('plain.handler'))({ value: 1 }, {})).toBe(2);
  });

  test('takes a nested export of a file in a folder', async () => {
    writeCode(folder.path, 'deep', 'exports.group = { handler: () => "deep" };', 'entry.cjs');
    expect((await load('deep/entry.group.handler'))({}, {})).toBe('deep');
  });

  test('refuses a handler string that leaves the folder', async () => {
    await expect(load('../plain.handler')).rejects.toMatchObject({ name: 'Runtime.MalformedHandlerName' });
  });

  test('refuses a handler string without an export', async () => {
    await expect(load('plain')).rejects.toMatchObject({ name: 'Runtime.MalformedHandlerName' });
  });

  test('names a file that is missing', async () => {
    await expect(load('absent.handler')).rejects.toMatchObject({ name: 'Runtime.ImportModuleError', message: "Error: Cannot find module 'absent'" });
  });

  test('names a module that the file cannot find', async () => {
    writeFileSync(join(folder.path, 'needy.js'), 'require("./not-there");');
    await expect(load('needy.handler')).rejects.toMatchObject({ name: 'Runtime.ImportModuleError', message: expect.stringContaining('./not-there') });
  });

  test('names a syntax error', async () => {
    writeFileSync(join(folder.path, 'broken.js'), 'exports.handler = (;');
    await expect(load('broken.handler')).rejects.toMatchObject({ name: 'Runtime.UserCodeSyntaxError' });
  });

  test('passes an error of the code itself on', async () => {
    writeFileSync(join(folder.path, 'thrower.js'), 'throw new RangeError("at load");');
    await expect(load('thrower.handler')).rejects.toMatchObject({ name: 'RangeError', message: 'at load' });
  });

  test('passes a thrown value that is no object on', async () => {
    writeFileSync(join(folder.path, 'text-thrower.js'), 'throw "text";');
    await expect(load('text-thrower.handler')).rejects.toBe('text');
  });

  test('names an export that is missing', async () => {
    await expect(load('plain.other')).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound', message: 'plain.other is undefined or not exported' });
  });

  test('names an export inside of a value that has none', async () => {
    await expect(load('plain.handler.name.length.more')).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound' });
  });

  test('names an export that is no function', async () => {
    writeFileSync(join(folder.path, 'value.js'), 'exports.handler = 1;');
    await expect(load('value.handler')).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound', message: 'value.handler is not a function' });
  });

  test('refuses a handler with a callback, as Node.js 24 on Lambda does', async () => {
    writeFileSync(join(folder.path, 'callback.js'), 'exports.handler = (event, context, callback) => callback(null, 1);');
    await expect(load('callback.handler')).rejects.toMatchObject({ name: 'Runtime.CallbackHandlerDeprecated' });
  });
});
