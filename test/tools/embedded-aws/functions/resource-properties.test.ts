import { z } from 'zod';
import { readProperties } from '../../../../tools/embedded-aws/functions/resource-properties';
import { resource } from './handmade-stack';

const shape = z.strictObject({ Name: z.string(), Rate: z.number().optional() });

describe('reading a resource\'s properties', () => {
  test('gives them in their shape', () => {
    expect(readProperties(resource('AWS::Some::Type', 'Thing', { Name: 'a', Rate: 2 }), shape)).toEqual({
      Name: 'a',
      Rate: 2,
    });
  });

  test('names every fault with its place at once', () => {
    expect(() => readProperties(resource('AWS::Some::Type', 'Thing', { Rate: 'fast', Extra: 1 }), shape)).toThrow(
      /^Starting AWS::Some::Type Thing failed: Name: .+; Rate: .+; properties: Unrecognized key: "Extra"\. Change the stack/,
    );
  });
});
