import { extractClaims } from '../../../src/proof/claims/extract-claims';
import { foldText } from '../../../src/proof/claims/folded-text';

/** The first key that each claim of a text needs, in the order of the kinds' readers. */
export function claimsIn(text: string, language = 'en-GB'): readonly string[] {
  return extractClaims({ text: foldText(text), spans: [] }, language).map(({ needs: [key = ''] }) => key);
}

/** Whether a fact that says `fact` proves a text that says `said`. */
export function proves(fact: string, said: string, language = 'en-GB'): boolean {
  const offered = new Set(extractClaims({ text: foldText(fact), spans: [] }, language).flatMap(({ offers }) => offers));
  return extractClaims({ text: foldText(said), spans: [] }, language).every(({ needs }) =>
    needs.some((key) => offered.has(key)),
  );
}
