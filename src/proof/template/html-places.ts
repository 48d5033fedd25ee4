import { MASK } from '../claims/claim';
import type { Segment } from './fill-template';
import { readEntities } from './html-escape';

/** Where the variables of an HTML template stand. */
export interface HtmlPlaces {
  /** The text as a reader sees it, and each attribute that holds a variable. */
  readonly texts: ReadonlyArray<readonly Segment[]>;
  /** Variables with which the target of a link begins. */
  readonly linkTargets: ReadonlySet<string>;
  /** Variables that are the whole address of a `mailto:` or `tel:` link. */
  readonly linkAddresses: ReadonlySet<string>;
  /** Variables in what follows the address of a `mailto:` link, such as its subject. */
  readonly mailFields: ReadonlySet<string>;
  /**
   * A variable stands where no escaping makes it safe: in a script, a style, a comment, an event, an unquoted
   * attribute, a link's host, a list of addresses, or an element that redirects or loads what a reader never sees.
   */
  readonly isUnsafe: boolean;
}

const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|iframe|noscript|xmp|template|object|svg|math)(?![a-z])[\s\S]*?(?:<\/\1\s*>|$)|<\/?([a-z][a-z0-9-]*)(?![a-z0-9-])(?:"[^"]*"|'[^']*'|[^"'<>])*>|<![^>]*>/gi;
const ATTRIBUTE = /(?<![^\s"'<>/=])([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** Attributes that hold one address. Source: the HTML Standard's index of attributes, and those it calls obsolete. */
const LINK_ATTRIBUTES = new Set(
  (
    'action background cite classid codebase data dynsrc formaction href icon itemid itemtype longdesc lowsrc manifest '
    + 'poster profile src usemap xlink:href xml:base'
  ).split(' '),
);
/** Attributes that hold several addresses, of which a variable could begin another. */
const LINK_LISTS = new Set('archive imagesrcset ping srcset'.split(' '));
/** Attributes that run or style: no escaping makes a variable safe there. */
const UNSAFE_ATTRIBUTE = /^(?:on.*|style|srcdoc)$/;
/** Elements that redirect the reader, or load what changes the whole document. */
const UNSAFE_ELEMENTS = new Set('applet base embed frame link meta param portal'.split(' '));
const FIXED_TARGET = /^https?:\/\/[^/?#\uFFFC]+[/?#]/i;
const MAIL_OR_CALL = /^(mailto:|tel:)([^?]*)(?:\?([\s\S]*))?$/i;
/** They do not part the words around them. */
const INLINE = new Set('a abbr b bdi cite code em font i mark q s small span strong sub sup u wbr'.split(' '));

/** Finds out what surrounds each variable. */
export function readHtml(segments: readonly Segment[]): HtmlPlaces {
  const names = segments.flatMap((segment) => ('variable' in segment ? [segment.variable] : []));
  const html = segments.map((segment) => ('variable' in segment ? MASK : segment.literal)).join('');
  const state = { isUnsafe: false, seen: 0 };
  const attributes: Segment[][] = [];
  const linkTargets = new Set<string>();
  const linkAddresses = new Set<string>();
  const mailFields = new Set<string>();
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
      const isOpen = tag !== undefined && !UNSAFE_ELEMENTS.has(tag.toLowerCase());
      const read = isOpen ? readAttributes(token, names.slice(state.seen, state.seen + masks)) : undefined;
      state.isUnsafe ||= read === undefined;
      attributes.push(...(read?.texts ?? []));
      read?.linkTargets.forEach((name) => linkTargets.add(name));
      read?.linkAddresses.forEach((name) => linkAddresses.add(name));
      read?.mailFields.forEach((name) => mailFields.add(name));
      state.seen += masks;
    }
    if (!INLINE.has((tag ?? '').toLowerCase())) visible.push({ literal: '\n' });
  }
  see(html.slice(from));
  return { texts: [visible, ...attributes], linkTargets, linkAddresses, mailFields, isUnsafe: state.isUnsafe };
}

interface Attributes {
  readonly texts: readonly Segment[][];
  readonly linkTargets: readonly string[];
  readonly linkAddresses: readonly string[];
  readonly mailFields: readonly string[];
}

/** Undefined where a variable is not safe. */
function readAttributes(tag: string, names: readonly string[]): Attributes | undefined {
  const texts: Segment[][] = [];
  const found: Target = { linkTargets: [], linkAddresses: [], mailFields: [] };
  let seen = 0;
  for (const [, name = '', doubleQuoted, singleQuoted = ''] of tag.matchAll(ATTRIBUTE)) {
    const value = doubleQuoted ?? singleQuoted;
    const masks = countMasks(value);
    if (masks === 0) continue;
    const lower = name.toLowerCase();
    const own = names.slice(seen, seen + masks);
    if (UNSAFE_ATTRIBUTE.test(lower) || LINK_LISTS.has(lower)) return undefined;
    const target = LINK_ATTRIBUTES.has(lower) ? readTarget(value, own) : NO_TARGET;
    if (!target) return undefined;
    found.linkTargets.push(...target.linkTargets);
    found.linkAddresses.push(...target.linkAddresses);
    found.mailFields.push(...target.mailFields);
    texts.push([...withNames(value, own)]);
    seen += masks;
  }
  return seen === countMasks(tag) ? { texts, ...found } : undefined;
}

type Target = Record<'linkTargets' | 'linkAddresses' | 'mailFields', string[]>;

const NO_TARGET: Target = { linkTargets: [], linkAddresses: [], mailFields: [] };

/** Undefined where the variables could lead a reader elsewhere, whatever their values are. */
function readTarget(value: string, names: readonly string[]): Target | undefined {
  if (value.startsWith(MASK)) return { ...NO_TARGET, linkTargets: names.slice(0, 1) };
  if (FIXED_TARGET.test(value)) return NO_TARGET;
  const [, , address, fields = ''] = MAIL_OR_CALL.exec(value) ?? [];
  if (address === undefined) return undefined;
  const inAddress = countMasks(address);
  // An address that a variable only completes could be anybody's.
  if (inAddress > 0 && address !== MASK) return undefined;
  return {
    linkTargets: [],
    linkAddresses: names.slice(0, inAddress),
    mailFields: fields === '' ? [] : [...names.slice(inAddress)],
  };
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
