import { matchRoute, routes } from '../../../../tools/embedded-aws/api/route-table';
import { resource } from '../functions/handmade-stack';

const part = (id: string, parent: string, path: string) =>
  resource('AWS::ApiGateway::Resource', id, { ParentId: parent, PathPart: path, RestApiId: 'api1' }, { reference: id });
const TABLE = routes(
  [
    part('things', 'root', 'things'),
    part('one', 'things', '{id}'),
    part('best', 'things', 'best'),
    part('parts', 'one', 'parts'),
    part('rest', 'root', '{proxy+}'),
    part('bestrest', 'best', '{more+}'),
  ],
  [],
  'root',
);

describe('the resource for a path', () => {
  test.each([
    ['/', '/', {}],
    ['/things', '/things', {}],
    ['/things/', '/things', {}],
    ['/things/best', '/things/best', {}],
    ['/things/7', '/things/{id}', { id: '7' }],
    ['/things/a%20b', '/things/{id}', { id: 'a%20b' }],
    ['/things/7/parts', '/things/{id}/parts', { id: '7' }],
    ['/things/best/of/all', '/things/best/{more+}', { more: 'of/all' }],
    ['/things/7/other', '/{proxy+}', { proxy: 'things/7/other' }],
    ['/else', '/{proxy+}', { proxy: 'else' }],
  ])('%s is %s', (path, resourcePath, pathParameters) => {
    const matched = matchRoute(TABLE, path);
    expect(matched?.route.resourcePath).toBe(resourcePath);
    expect(matched?.pathParameters).toEqual(pathParameters);
  });

  test('is none where nothing fits', () => {
    const table = routes([part('things', 'root', 'things'), part('one', 'things', '{id}')], [], 'root');
    expect(matchRoute(table, '/other')).toBeUndefined();
    expect(matchRoute(table, '/things/7/8')).toBeUndefined();
    expect(matchRoute(table, '/things//')).toBeUndefined();
  });

  test('cannot be built below a resource that is not there', () => {
    expect(() => routes([part('one', 'gone', 'x')], [], 'root')).toThrow('the resource gone does not exist');
  });
});
