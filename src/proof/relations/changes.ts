import type { FoundClaim } from '../claims/extract-claims';
import type { Ground } from '../evidence';
import { wordsOfKey } from '../fact-places';

interface Figure {
  readonly claim: FoundClaim;
  readonly grounds: readonly Ground[];
}

/** Fields that hold what is to come. */
const NEW = /^(?:new|next|neu|neuer?|neues|nieuwe?|nouveau|nouvelle|nuev[oa]|nuov[oa]|nov[oa]|now[yae]|ny|nya|nytt|nye|yeni|нов\p{L}*)$/u;
/** What stands between the old figure and the new one. */
const BECOMES = /^[^.;\d]{0,25}(?<!\p{L})(?:to|auf|zu|naar|à|a|al|para|till|til|na|do|на)(?!\p{L})[^.;\d]{0,12}$/iu;

/** Old and new exchanged: "from £950 to £925" where 950 is the new rent. */
export function exchangedChanges(figures: readonly Figure[]): readonly FoundClaim[] {
  return figures.flatMap((one, index) => {
    const other = figures[index + 1];
    if (!other || other.claim.text !== one.claim.text || other.claim.kind !== one.claim.kind) return [];
    const between = one.claim.text.slice(one.claim.end, other.claim.start);
    return BECOMES.test(between) && isNew(one) && isOld(other) ? [one.claim, other.claim] : [];
  });
}

function isNew({ grounds }: Figure): boolean {
  return grounds.length > 0 && grounds.every(({ leaf, with: others }) => others === undefined && namesNew(leaf.path));
}

function isOld({ grounds }: Figure): boolean {
  return grounds.length > 0 && grounds.every(({ leaf, with: others }) => others === undefined && !namesNew(leaf.path));
}

function namesNew(path: readonly string[]): boolean {
  return wordsOfKey(path.at(-1) ?? '').some((word) => NEW.test(word));
}
