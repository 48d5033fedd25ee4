import { ApiKeys } from '../../../../tools/embedded-aws/api/api-keys';

const VALUE = 'a-value-of-at-least-20-characters';

describe('the account\'s API keys', () => {
  test('have a generated value unless one is given', () => {
    const keys = new ApiKeys();
    expect(keys.create({ name: 'first' })).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      name: 'first',
      value: expect.stringMatching(/^[a-z0-9]{40}$/),
      isEnabled: true,
    });
    expect(keys.create({ name: 'second', value: VALUE, id: 'id2', isEnabled: false })).toEqual({
      id: 'id2',
      name: 'second',
      value: VALUE,
      isEnabled: false,
    });
    expect(keys.all().map(({ name }) => name)).toEqual(['first', 'second']);
  });

  test('are found by value and id', () => {
    const keys = new ApiKeys();
    const key = keys.create({ name: 'first', value: VALUE });
    expect(keys.withValue(VALUE)).toBe(key);
    expect(keys.withId(key.id)).toBe(key);
    expect(keys.withValue('other')).toBeUndefined();
    expect(() => keys.withId('other')).toThrow('Looking up the API key other failed');
  });

  test('are disabled, enabled and deleted', () => {
    const keys = new ApiKeys();
    const { id } = keys.create({ name: 'first' });
    keys.setEnabled(id, false);
    expect(keys.withId(id).isEnabled).toBe(false);
    keys.delete(id);
    expect(keys.all()).toEqual([]);
    expect(() => { keys.delete(id); }).toThrow('Looking up the API key');
  });

  test.each([
    ['x'.repeat(19), '20 to 128 characters'],
    ['x'.repeat(129), '20 to 128 characters'],
    [VALUE, 'another key has this value'],
  ])('refuse the value %s', (value, why) => {
    const keys = new ApiKeys();
    keys.create({ name: 'first', value: VALUE });
    expect(() => keys.create({ name: 'second', value })).toThrow(
      new RegExp(`^Creating the API key "second" failed: .*${why}`),
    );
  });
});
