import { walkJson } from '../../src/router/walk-json';

test('every value is given with its path, its field and its depth, in the order of the document', () => {
  const document = { a: [1, { b: null }], __proto__x: 'c' };
  expect([...walkJson(document, 'facts', 9)]).toEqual([
    { path: 'facts', value: document, depth: 0 },
    { path: 'facts.a', field: 'a', value: [1, { b: null }], depth: 1 },
    { path: 'facts.a.0', value: 1, depth: 2 },
    { path: 'facts.a.1', value: { b: null }, depth: 2 },
    { path: 'facts.a.1.b', field: 'b', value: null, depth: 3 },
    { path: 'facts.__proto__x', field: '__proto__x', value: 'c', depth: 1 },
  ]);
});

test('no value below the depth is given', () => {
  expect([...walkJson([[[1]]], '', 2)].map(({ depth }) => depth)).toEqual([0, 1, 2]);
});

test('who stops early reads no more of a long list', () => {
  let read = 0;
  const list = new Proxy(Array(50_000).fill(0), {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && /^\d+$/.test(name)) read += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  for (const { path } of walkJson({ list }, '', 9)) if (path === 'list.9') break;
  expect(read).toBe(10);
});
