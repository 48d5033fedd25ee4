import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { apiPage } from '../../src/reader/api-page';
import { showDocument, showPage } from '../../src/reader/show-api';

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));

test('what is served is the document that is in the repository', () => {
  const { body, headers, status } = showDocument('https://app.example.com', ['https://app.example.com']);
  expect(JSON.parse(body)).toEqual(document);
  expect([status, headers['Content-Type'], headers['Cache-Control'], headers['Access-Control-Allow-Origin']]).toEqual([
    200, 'application/json', 'public, max-age=3600', 'https://app.example.com',
  ]);
  expect(showDocument('https://other.example.com', ['https://app.example.com']).headers).not.toHaveProperty(
    'Access-Control-Allow-Origin',
  );
});

describe('the page', () => {
  const { body, headers, status } = showPage();

  test('shows every operation, every field and every answer that the document names', () => {
    expect(status).toBe(200);
    for (const [path, item] of Object.entries<Record<string, { responses?: object }>>(document.paths)) {
      for (const [method, { responses = {} }] of Object.entries(item)) {
        if (method !== 'get' && method !== 'post') continue;
        expect(body).toContain(`<code>${method.toUpperCase()} ${path}</code>`);
        for (const code of Object.keys(responses)) expect(body).toContain(`<summary><code>${code}</code>`);
      }
    }
    for (const name of Object.keys(document.components.schemas)) expect(body).toContain(`<h3>${name}</h3>`);
    for (const field of ['request_data.channel_method', 'history[].at', 'templates[].variables[].copy_of']) {
      expect(body).toContain(`<td><code>${field}</code></td>`);
    }
  });

  test('links nowhere but to itself and to the document, and every link leads somewhere', () => {
    const targets = [...body.matchAll(/ href="([^"]*)"/g)].map(([, target = '']) => target);
    const anchors = new Set([...body.matchAll(/ id="([^"]*)"/g)].map(([, id]) => `#${id}`));
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((target) => target !== 'openapi.json' && !anchors.has(target))).toEqual([]);
    expect(body).not.toMatch(/<(?:script|img|link|iframe|object|embed|form)\b| src=| on\w+=/i);
  });

  test('allows its own style and nothing else', () => {
    const [, style = ''] = /<style>([^<]*)<\/style>/.exec(body) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['Content-Security-Policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(headers).toMatchObject({ 'Content-Type': 'text/html; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  });

  test('shows what a text holds as text', () => {
    const page = apiPage({
      info: { title: '<b>T</b>', version: '1', description: 'a `<i>` & "b"\n\n- one\n- two' },
      paths: { '/x': { get: { operationId: 'x"><script>', summary: '<script>alert(1)</script>' } } },
    });
    expect(page).not.toMatch(/<(?:b|i|script)>/);
    expect(page).toContain('<p>a <code>&lt;i&gt;</code> &amp; &quot;b&quot;</p><ul><li>one</li><li>two</li></ul>');
  });
});
