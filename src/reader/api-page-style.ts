/** The page's whole appearance: it follows the reader's light or dark setting, and wide tables scroll by themselves. */
export const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem}',
  'code,pre{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}',
  'pre{border:1px solid GrayText;overflow:auto;padding:.75rem}',
  'pre code{overflow-wrap:normal}',
  'section{border-top:1px solid GrayText;margin-top:2rem}',
  '.wide{overflow:auto}',
  'table{border-collapse:collapse;width:100%}',
  'th,td{border-bottom:1px solid GrayText;padding:.3rem .5rem;text-align:left;vertical-align:top}',
  'summary{cursor:pointer;padding:.3rem 0}',
  'nav ul{columns:20rem;padding-left:1.2rem}',
].join('');
