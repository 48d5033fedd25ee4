import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReviewItem } from '../shared/api';
import { FactPath } from '../shared/fact-path';
import { visibleText } from '../shared/visible-text';
import type { ClaimPlace } from './review-state';

/** Facts that are shown at once; the rest is found by its path or words. */
const SHOWN = 200;

interface FactsPaneProps {
  readonly item: ReviewItem;
  readonly active: ClaimPlace | undefined;
  readonly onShow: (place: ClaimPlace) => void;
}

/** What the client sent; the fact behind the claim that is looked at is lit, and a fact lights its claims. */
export function FactsPane({ item: { facts, variables }, active, onShow }: FactsPaneProps) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDListElement>(null);
  const proving = useMemo(() => provingFacts(variables), [variables]);
  const fact =
    active && active.index !== 'whole'
      ? (variables.find(({ name }) => name === active.variable)?.claims[active.index]?.fact ?? undefined)
      : (variables.find(({ name }) => name === active?.variable)?.claims.find((claim) => claim.fact !== null)?.fact ??
        undefined);
  const wanted = search.trim().toLowerCase();
  const found = facts.filter(
    ({ path, value }) => wanted === '' || path.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted),
  );
  const sorted = useMemo(
    () => [...found].sort((one, other) => Number(proving.has(other.path)) - Number(proving.has(one.path))),
    [found, proving],
  );
  useEffect(() => {
    list.current?.querySelector('.fact-active')?.scrollIntoView({ block: 'nearest' });
  }, [fact?.path, fact?.start]);
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${facts.length})`}>
          Facts
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Input
          type="search"
          value={search}
          onChange={({ detail }) => {
            setSearch(detail.value);
          }}
          ariaLabel="Find a fact"
          placeholder="Find a fact"
        />
        <dl ref={list} className="facts">
          {sorted.slice(0, SHOWN).map(({ path, value }) => {
            const place = proving.get(path);
            const isActive = fact?.path === path;
            return (
              <div key={path} className={isActive ? 'fact fact-active' : 'fact'}>
                <dt>
                  {place ? (
                    <button
                      type="button"
                      className="fact-path"
                      onClick={() => {
                        onShow(place);
                      }}
                      aria-label={`${path}: show what it proves`}
                    >
                      <span aria-hidden="true">✓ </span>
                      <FactPath path={path} />
                    </button>
                  ) : (
                    <FactPath path={path} />
                  )}
                </dt>
                <dd dir="auto">
                  {isActive && fact ? <Lit text={value} start={fact.start} end={fact.end} /> : visibleText(value)}
                </dd>
              </div>
            );
          })}
        </dl>
        {sorted.length > SHOWN && (
          <Box variant="small">{`${sorted.length - SHOWN} more: find them by their words.`}</Box>
        )}
        {sorted.length === 0 && <Box variant="small">No fact has these words.</Box>}
      </SpaceBetween>
    </Container>
  );
}

function Lit({ text, start, end }: { readonly text: string; readonly start: number; readonly end: number }) {
  return (
    <>
      {visibleText(text.slice(0, start))}
      <mark>{visibleText(text.slice(start, end))}</mark>
      {visibleText(text.slice(end))}
    </>
  );
}

/** By a fact's path, the first claim that it proves. */
function provingFacts(variables: ReviewItem['variables']): ReadonlyMap<string, ClaimPlace> {
  const found = new Map<string, ClaimPlace>();
  for (const { name, claims } of variables) {
    for (const [index, { fact, kind }] of claims.entries()) {
      if (fact && !found.has(fact.path)) {
        found.set(fact.path, { variable: name, index: kind === 'value' ? 'whole' : index });
      }
    }
  }
  return found;
}
