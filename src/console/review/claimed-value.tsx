import type { Claim, ReviewVariable } from '../shared/api';
import { visibleText } from '../shared/visible-text';
import type { ClaimPlace } from './review-state';
import { placeId, stretches } from './review-state';

interface ClaimedValueProps {
  readonly variable: ReviewVariable;
  readonly active: ClaimPlace | undefined;
  readonly visited: ReadonlySet<string>;
  readonly onVisit: (place: ClaimPlace) => void;
}

/** A value whose claims can be visited, by pointer and by keyboard; a mark and words say what each one is. */
export function ClaimedValue({ variable, active, visited, onVisit }: ClaimedValueProps) {
  const { name, value, claims, flagged } = variable;
  const whole: ClaimPlace = { variable: name, index: 'whole' };
  const hasOwnFlag = claims.some(({ rule, kind }) => rule !== null && kind !== 'value');
  const why = claims.filter(({ kind }) => kind === 'value').map((claim) => wordsOf(claim));
  return (
    <div className="claimed" dir="auto">
      {flagged && !hasOwnFlag ? (
        <button
          type="button"
          id={`claim ${placeId(whole)}`}
          className={claimClass(true, active, whole, visited)}
          onFocus={() => {
            onVisit(whole);
          }}
          onClick={() => {
            onVisit(whole);
          }}
          aria-label={`${value || 'No value yet'}. ${why.join(' ') || 'Look at it before the message may go.'}`}
        >
          <span aria-hidden="true" className="mark">
            ⚠
          </span>
          {visibleText(value) || 'not written yet'}
        </button>
      ) : (
        stretches(variable).map(({ text, claims: covering }, index) => {
          const [first] = covering;
          if (!first) return <span key={index}>{visibleText(text)}</span>;
          const place = { variable: name, index: first.index };
          const broken = covering.find(({ claim: { rule } }) => rule !== null)?.claim;
          return (
            <button
              key={index}
              type="button"
              id={`claim ${placeId(place)}`}
              className={claimClass(broken !== undefined, active, place, visited)}
              onFocus={() => {
                onVisit(place);
              }}
              onClick={() => {
                onVisit(place);
              }}
              aria-label={`${text}: ${wordsOf(broken ?? first.claim)}`}
            >
              <span aria-hidden="true" className="mark">
                {broken ? '⚠' : '✓'}
              </span>
              {visibleText(text)}
            </button>
          );
        })
      )}
      <ActiveWords variable={variable} active={active} />
    </div>
  );
}

/** What proves the claim that is looked at, or why it may not go out. */
function ActiveWords({ variable: { name, claims }, active }: Pick<ClaimedValueProps, 'active' | 'variable'>) {
  if (active?.variable !== name || active.index === 'whole') return null;
  const claim = claims[active.index];
  return claim ? <p className="claim-words">{wordsOf(claim)}</p> : null;
}

/** The field's standard terms for what is claimed. */
const KINDS: Readonly<Record<string, string>> = {
  link: 'link',
  address: 'e-mail address',
  telephone: 'telephone number',
  amount: 'amount of money',
  percentage: 'percentage',
  date: 'date',
  time: 'time',
  number: 'number',
  name: 'name',
  words: 'words',
  value: 'value',
};

export function wordsOf({ kind, fact, rule, why, key }: Claim): string {
  const what = KINDS[kind] ?? kind;
  if (rule !== null) return `${what}, refused: ${why ?? rule}`;
  if (kind === 'value') {
    return fact ? `copied from ${fact.path}` : key === 'fallback' ? "the template's own words" : key;
  }
  if (!fact) return `${what}: needs no fact`;
  return fact.path === 'template' ? `${what}: the template says it` : `${what}: proved by ${fact.path}`;
}

function claimClass(
  isBroken: boolean,
  active: ClaimPlace | undefined,
  place: ClaimPlace,
  visited: ReadonlySet<string>,
): string {
  const id = placeId(place);
  return [
    'claim',
    isBroken ? 'claim-flagged' : 'claim-proved',
    active && placeId(active) === id ? 'claim-active' : '',
    visited.has(id) ? 'claim-visited' : '',
  ]
    .join(' ')
    .trim();
}
