import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { wordsOf } from '../review/claimed-value';
import { stretches } from '../review/review-state';
import type { Claim } from '../shared/api';
import { visibleText } from '../shared/visible-text';
import type { Facts } from './excerpt';
import { excerptOf, factText } from './excerpt';
import { shownVerdict } from './verdicts';

/** A value as it was judged, with each of its claims. */
export interface ProvedValue {
  readonly variable: string;
  readonly verdict: string;
  readonly value: string;
  /** Why words of the model were refused before. */
  readonly refused?: string;
  /** What is shown are words of the model that may not go; what goes instead. */
  readonly instead?: string;
  readonly claims: readonly Claim[];
}

interface ProvedValuesProps {
  readonly values: readonly ProvedValue[];
  readonly facts: Facts;
}

/** Each value with the stretches that claim something, and below it the stretch of the fact that proves each. */
export function ProvedValues({ values, facts }: ProvedValuesProps) {
  return (
    <SpaceBetween size="m">
      {values.map((one) => (
        <Value key={one.variable} facts={facts} {...one} />
      ))}
    </SpaceBetween>
  );
}

interface ValueProps extends ProvedValue {
  readonly facts: Facts;
}

function Value({ variable, verdict, value, refused, instead, claims, facts }: ValueProps) {
  const shown = shownVerdict(verdict);
  const isFlagged = claims.some(({ rule }) => rule !== null);
  return (
    <div className={isFlagged ? 'value value-flagged' : 'value'}>
      <Box variant="awsui-key-label">
        <bdi>{visibleText(variable)}</bdi> {shown && <Badge color={shown.color}>{shown.text}</Badge>}
      </Box>
      {instead !== undefined && (
        <div className="long" dir="auto">{visibleText(instead) || 'nothing'}</div>
      )}
      {instead !== undefined && <Box variant="small">The model wrote:</Box>}
      <div className="claimed" dir="auto">
        {stretches({ value, claims: [...claims] }).map(({ text, claims: covering }, index) => {
          const isBroken = covering.some(({ claim: { rule } }) => rule !== null);
          return covering.length === 0 ? (
            <span key={index}>{visibleText(text)}</span>
          ) : (
            <span key={index} className={isBroken ? 'claim-words-in claim-flagged' : 'claim-words-in'}>
              <span aria-hidden="true" className="mark">{isBroken ? '⚠' : '✓'}</span>
              {visibleText(text)}
            </span>
          );
        })}
      </div>
      {refused !== undefined && <Box variant="small">{`First refused: ${visibleText(refused)}`}</Box>}
      {claims.length === 0 && facts.length > 0 && (
        <Box variant="small">It claims nothing that a fact has to prove.</Box>
      )}
      {claims.length > 0 && (
        <ul className="proofs">
          {claims.map((claim, index) => (
            <li key={index}>
              <Proof claim={claim} value={value} facts={facts} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One claim: its words, what proves it or which rule refuses it, and the fact with the stretch that does. */
function Proof(
  { claim, value, facts }: { readonly claim: Claim; readonly value: string; readonly facts: Facts },
) {
  const { kind, start, end, rule } = claim;
  const said = visibleText(wordsOf(claim));
  const fact = claim.fact ? factText(facts, claim.fact.path) : undefined;
  const whole = fact?.isSection === true ? { start: 0, end: fact.text.length } : claim.fact;
  const place = fact && whole ? excerptOf(fact.text, whole.start, whole.end) : undefined;
  return (
    <>
      {kind !== 'value' && <q className="proof-claim" dir="auto">{visibleText(value.slice(start, end))}</q>}
      {`${kind === 'value' ? `The whole value: ${said.replace(/^value, /, '')}` : ` ${said}`}${rule === null ? '' : ` (rule ${rule})`}`}
      {place && (
        <span className="proof-fact" dir="auto">
          {visibleText(place.before)}
          <mark>{visibleText(place.words)}</mark>
          {visibleText(place.after)}
        </span>
      )}
    </>
  );
}
