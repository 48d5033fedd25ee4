import { MASK } from '../claims/claim';
import type { Segment } from './fill-template';
import { readEntities } from './html-escape';

/** Where the variables of an HTML template stand. */
export interface HtmlPlaces {
  /** The text as a reader sees it, and each attribute that holds a variable. */
  readonly texts: ReadonlyArray<readonly Segment[]>;
  /** Variables with which the target of a link begins. */
  readonly linkTargets: ReadonlySet<string>;
  /**
   * A variable stands where no escaping makes it safe: in a script, a style, a comment, an event, an unquoted
   * attribute, a link's host.
   */
  readonly isUnsafe: boolean;
}

const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|iframe|noscript|xmp|template|object|svg|math)(?![a-z])[\s\S]*?(?:<\/\1\s*>|$)|<\/?([a-z][a-z0-9-]*)(?![a-z0-9-])(?:"[^"]*"|'[^']*'|[^"'<>])*>|<![^>]*>/gi;
const ATTRIBUTE = /(?<![^\s"'<>/=])([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const LINK_ATTRIBUTES = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'poster',
  'cite',
  'data',
  'xlink:href',
  'srcset',
  'ping',
]);
const FIXED_TARGET = /^(?:https?:\/\/[^/?#\uFFFC]+[/?#]|mailto:|tel:)/i;
/** They do not part the words around them. */
const INLINE = new Set('a abbr b bdi cite code em font i mark q s small span strong sub sup u wbr'.split(' '));

/** Finds out what surrounds each variable. */
export function readHtml(segments: readonly Segment[]): HtmlPlaces {
  const names = segments.flatMap((segment) => ('variable' in segment ? [segment.variable] : []));
  const html = segments.map((segment) => ('variable' in segment ? MASK : segment.literal)).join('');
  const state = { isUnsafe: false, seen: 0 };
  const attributes: Segment[][] = [];
  const linkTargets = new Set<string>();
  const visible: Segment[] = [];
  let from = 0;
  const see = (text: string) => {
    if (/<[a-z!/\uFFFC]/i.test(text) && text.includes(MASK)) state.isUnsafe = true;
    visible.push(...withNames(text, names.slice(state.seen)));
    state.seen += countMasks(text);
  };
  for (const match of html.matchAll(TOKEN)) {
    see(html.slice(from, match.index));
    const [token, , tag] = match;
    from = match.index + token.length;
    const masks = countMasks(token);
    if (masks > 0) {
      const read = tag === undefined ? undefined : readAttributes(token, names.slice(state.seen, state.seen + masks));
      state.isUnsafe ||= read === undefined;
      attributes.push(...(read?.texts ?? []));
      read?.linkTargets.forEach((name) => linkTargets.add(name));
      state.seen += masks;
    }
    if (!INLINE.has((tag ?? '').toLowerCase())) visible.push({ literal: '\n' });
  }
  see(html.slice(from));
  return { texts: [visible, ...attributes], linkTargets, isUnsafe: state.isUnsafe };
}

interface Attributes {
  readonly texts: readonly Segment[][];
  readonly linkTargets: readonly string[];
}

/** Undefined where a variable is not safe. */
function readAttributes(tag: string, names: readonly string[]): Attributes | undefined {
  const texts: Segment[][] = [];
  const linkTargets: string[] = [];
  let seen = 0;
  for (const [, name = '', doubleQuoted, singleQuoted = ''] of tag.matchAll(ATTRIBUTE)) {
    const value = doubleQuoted ?? singleQuoted;
    const masks = countMasks(value);
    if (masks === 0) continue;
    const lower = name.toLowerCase();
    if (lower.startsWith('on') || lower === 'style' || lower === 'srcdoc') return undefined;
    const isTarget = LINK_ATTRIBUTES.has(lower);
    if (isTarget && !value.startsWith(MASK) && !FIXED_TARGET.test(value)) return undefined;
    if (isTarget && value.startsWith(MASK)) linkTargets.push(...names.slice(seen, seen + 1));
    texts.push([...withNames(value, names.slice(seen))]);
    seen += masks;
  }
  return seen === countMasks(tag) ? { texts, linkTargets } : undefined;
}

function countMasks(text: string): number {
  return text.split(MASK).length - 1;
}

function withNames(text: string, names: readonly string[]): readonly Segment[] {
  return text
    .split(MASK)
    .flatMap((literal, index): readonly Segment[] => [
      ...(index === 0 ? [] : [{ variable: names[index - 1] ?? '' }]),
      { literal: readEntities(literal) },
    ]);
}
