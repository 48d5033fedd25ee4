/** GSM 03.38 basic alphabet, without the escape: one septet a character. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ '
    + '!"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: escape and character, two septets that no segment border may part. */
const EXTENSION = new Set('\f^{}\\[~]|€');

/**
 * Units (septets, or 16-bit units of UCS-2) in a message of one segment, and in each of several, where a header takes
 * the rest.
 */
const CAPACITY = { gsm7: { single: 160, each: 153 }, ucs2: { single: 70, each: 67 } } as const;

const CLUSTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many segments a text costs; one character outside GSM-7, such as an emoji, makes the whole text UCS-2. */
export function countSegments(text: string): number {
  const characters = [...text];
  const isGsm7 = characters.every((character) => BASIC.has(character) || EXTENSION.has(character));
  const { single, each } = isGsm7 ? CAPACITY.gsm7 : CAPACITY.ucs2;
  const sizes = isGsm7 ? characters.map((character) => (EXTENSION.has(character) ? 2 : 1)) : clusterSizes(text, each);
  if (sizes.reduce((sum, size) => sum + size, 0) <= single) return 1;
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}

/**
 * What people read as one character stays in one segment, such as a letter and its combining accent, unless no segment
 * could hold it.
 */
function clusterSizes(text: string, capacity: number): readonly number[] {
  return [...CLUSTERS.segment(text)].flatMap(({ segment }) => (
    segment.length <= capacity ? [segment.length] : Array.from({ length: segment.length }, () => 1)
  ));
}
