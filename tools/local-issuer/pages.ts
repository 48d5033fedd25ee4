import type { SamplePerson } from './sample-person';

/** The page on which one of the sample people is chosen. */
export function choicePage(people: readonly SamplePerson[], query: URLSearchParams): string {
  const links = people.map(({ id, name, email, groups }) => {
    const target = new URLSearchParams(query);
    target.set('person', id);
    return (
      `<li><a href="/authorize?${escape(target.toString())}"><b>${escape(name)}</b><br>${escape(email)}<br>` +
      `<small>${escape(groups.join(', '))}</small></a></li>`
    );
  });
  return page('Sign in as', `<p>Sample people of this machine. There is no password.</p><ul>${links.join('')}</ul>`);
}

export function refusalPage(why: string): string {
  return page(
    'Signing in failed',
    `<p>Signing in failed: ${escape(why)}. Go back to the console and begin again.</p>`,
  );
}

function page(title: string, content: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1>${content}</main></body></html>`
  );
}

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:28rem;margin:3rem auto;' +
  'padding:0 1rem}ul{list-style:none;padding:0}a{display:block;padding:.75rem 1rem;margin:.5rem 0;border:1px solid #7d8998;' +
  'border-radius:.5rem;color:inherit;text-decoration:none}a:hover,a:focus{outline:3px solid #0972d3}';

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
