import { STYLE } from './api-page-style';

type Json = Readonly<Record<string, unknown>>;

/** One method of a path. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly about: Json;
  readonly shared: readonly Json[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The API's document as one page of HTML that loads nothing: no script, no font, no picture. */
export function apiPage(document: Json): string {
  const info = part(document, 'info');
  const title = text(info.title);
  const operations = operationsOf(document);
  const schemas = Object.entries(part(part(document, 'components'), 'schemas'));
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>`,
    `<header><h1>${escaped(title)}</h1><p>Version ${escaped(text(info.version))}. `,
    'For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p></header>',
    contents(operations, schemas.map(([name]) => name)),
    `<main>${prose(text(info.description))}`,
    `<h2>Addresses</h2>${list(document.servers).map(server).join('')}`,
    '<h2>Operations</h2>',
    ...operations.map(operation),
    '<h2>Schemas</h2>',
    ...schemas.map(([name, schema]) => schemaSection(name, json(schema))),
    '</main></body></html>',
  ].join('');
}

/** What a browser asks before it calls is left out: no reader of the page sends it by hand. */
function operationsOf(document: Json): readonly Operation[] {
  return Object.entries(part(document, 'paths')).flatMap(([path, item]) => METHODS.flatMap((method) => {
    const about = json(item)[method];
    return about === undefined
      ? []
      : [{ method: method.toUpperCase(), path, about: json(about), shared: list(json(item).parameters) }];
  }));
}

function contents(operations: readonly Operation[], schemas: readonly string[]): string {
  const links = operations.map(({ method, path, about }) => (
    `<li><a href="#${anchor(text(about.operationId))}"><code>${method} ${escaped(path)}</code></a></li>`
  ));
  const named = schemas.map((name) => `<li><a href="#${anchor(name)}">${escaped(name)}</a></li>`);
  return `<nav aria-label="Contents"><h2>Contents</h2><ul>${links.join('')}</ul><ul>${named.join('')}</ul></nav>`;
}

function server(about: Json): string {
  return `<p><code>${escaped(text(about.url))}</code><br>${inline(text(about.description))}</p>`;
}

function operation({ method, path, about, shared }: Operation): string {
  const open = Array.isArray(about.security) && about.security.length === 0;
  return [
    `<section id="${anchor(text(about.operationId))}"><h3><code>${method} ${escaped(path)}</code></h3>`,
    `<p><strong>${inline(text(about.summary))}</strong></p>${prose(text(about.description))}`,
    `<p>${open ? 'Called without an API key.' : 'Needs the header <code>x-api-key</code>.'}</p>`,
    parameters([...shared, ...list(about.parameters)]),
    body('Request body', part(about, 'requestBody')),
    '<h4>Answers</h4>',
    ...Object.entries(part(about, 'responses')).map(([status, answer]) => response(status, json(answer))),
    '</section>',
  ].join('');
}

function parameters(all: readonly Json[]): string {
  if (all.length === 0) return '';
  const rows = all.map((one) => row(
    `<code>${escaped(text(one.name))}</code>`, escaped(text(one.in)), one.required === true ? 'required' : '',
    `${inline(text(one.description))} ${limits(json(one.schema))}`,
  ));
  return `<h4>Parameters</h4>${table(['Name', 'In', '', 'Meaning'], rows)}`;
}

function response(status: string, answer: Json): string {
  const headers = Object.keys(part(answer, 'headers')).map((name) => `<code>${escaped(name)}</code>`).join(', ');
  return [
    `<details><summary><code>${escaped(status)}</code> `
      + `${inline(text(answer.description).split('\n')[0] ?? '')}</summary>`,
    prose(text(answer.description).split('\n').slice(1).join('\n')),
    headers === '' ? '' : `<p>Headers: ${headers}</p>`,
    body('Body', answer),
    '</details>',
  ].join('');
}

/** What a request or an answer holds, one part a media type. */
function body(heading: string, holder: Json): string {
  const parts = Object.entries(part(holder, 'content')).map(([type, value]) => {
    const { schema, example, examples } = json(value);
    const shown = example === undefined ? Object.values(json(examples)).map((one) => json(one).value) : [example];
    return `<p><code>${escaped(type)}</code>: ${typeOf(json(schema))}</p>${shown.slice(0, 1).map(sample).join('')}`;
  });
  return parts.length === 0 ? '' : `<h4>${heading}</h4>${parts.join('')}`;
}

function sample(value: unknown): string {
  const written = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return `<pre tabindex="0"><code>${escaped(written)}</code></pre>`;
}

function schemaSection(name: string, schema: Json): string {
  return `<section id="${anchor(name)}"><h3>${escaped(name)}</h3>${prose(text(schema.description))}${
    table(['Field', 'Type', '', 'Meaning'], fields(schema, ''))}</section>`;
}

/** A schema's fields and those within them, by their paths. */
function fields(schema: Json, path: string): readonly string[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const alternatives = [schema, ...list(schema.anyOf), ...list(schema.oneOf)];
  return alternatives.flatMap((one) => Object.entries(part(one, 'properties')).flatMap(([name, value]) => {
    const field = json(value);
    const at = path === '' ? name : `${path}.${name}`;
    const meaning = `${inline(text(field.description))} ${limits(field)}`;
    const own = row(`<code>${escaped(at)}</code>`, typeOf(field), required.includes(name) ? 'required' : '', meaning);
    return [own, ...fields(field, at), ...fields(json(field.items), `${at}[]`)];
  }));
}

function typeOf(schema: Json): string {
  const { $ref: reference, type, items, anyOf, allOf, enum: words } = schema;
  if (typeof reference === 'string') return link(reference);
  const named = list(allOf).find((one) => typeof one.$ref === 'string');
  if (named) return typeOf(named);
  if (Array.isArray(anyOf)) return [...new Set(list(anyOf).map(typeOf))].join(' or ');
  if (type === 'array') return `array of ${typeOf(json(items))}`;
  if (type !== undefined) return escaped(text(type));
  return words === undefined ? 'any' : 'string';
}

function link(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  return `<a href="#${anchor(name)}">${escaped(name)}</a>`;
}

/** Which values a field may have. */
function limits({
  const: only,
  enum: words,
  maxLength,
  minimum,
  maximum,
  pattern,
  default: preset,
  anyOf,
}: Json): string {
  const inner = list(anyOf).map(limits).filter(Boolean);
  const values = Array.isArray(words) ? words.map(code).join(', ') : '';
  return [
    only === undefined ? '' : `Always ${code(only)}.`,
    values === '' ? '' : `One of ${values}.`,
    maxLength === undefined ? '' : `At most ${text(maxLength)} characters.`,
    minimum === undefined ? '' : `At least ${text(minimum)}.`,
    maximum === undefined ? '' : `At most ${text(maximum)}.`,
    typeof pattern === 'string' ? `Pattern ${code(pattern)}.` : '',
    preset === undefined ? '' : `Default ${code(preset)}.`,
    ...inner,
  ]
    .filter(Boolean)
    .join(' ');
}

function code(value: unknown): string {
  return `<code>${escaped(typeof value === 'string' ? value : JSON.stringify(value))}</code>`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  if (rows.length === 0) return '';
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('');
  return '<div class="wide" '
    + `tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function row(...cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** The part of Markdown that descriptions use: paragraphs, lists and code. */
function prose(markdown: string): string {
  return markdown.split(/\n{2,}/).map((block) => block.trim()).filter(Boolean).map((block) => {
    const lines = block.split('\n');
    const items = lines.filter((line) => line.startsWith('- ')).map((line) => `<li>${inline(line.slice(2))}</li>`);
    const words = lines.filter((line) => !line.startsWith('- ')).join(' ');
    return `${words === '' ? '' : `<p>${inline(words)}</p>`}${items.length === 0 ? '' : `<ul>${items.join('')}</ul>`}`;
  }).join('');
}

function inline(markdown: string): string {
  return escaped(markdown).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escaped(plain: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return plain.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function anchor(name: string): string {
  return encodeURIComponent(name);
}

function part(holder: Json, name: string): Json {
  return json(holder[name]);
}

function json(value: unknown): Json {
  return isJson(value) ? value : {};
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
