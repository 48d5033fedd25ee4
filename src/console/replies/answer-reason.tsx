import Alert from '@cloudscape-design/components/alert';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProvedValues } from '../proof/proved-values';
import type { ExplainedAnswer } from '../shared/api';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';
import { visibleText } from '../shared/visible-text';

/** Why the engine answered so: its card and what proves each value. Read once somebody asks for it. */
export function AnswerReason({ openKey, line }: { readonly openKey: string; readonly line: number }) {
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['answer', openKey, line],
    queryFn: async () =>
      read(
        api.GET('/console/api/replies/{id}/answer', { params: { path: { id: openKey }, query: { line: String(line) } } }),
      ),
    enabled: isOpen,
    staleTime: 60_000,
  });
  return (
    <ExpandableSection
      variant="footer"
      headerText="Why this answer"
      expanded={isOpen}
      onChange={({ detail }) => {
        setOpen(detail.expanded);
      }}
    >
      {error && <FaultAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && isOpen && <Loading what="the card" />}
      {data && <Explained answer={data} />}
    </ExpandableSection>
  );
}

function Explained({ answer }: { readonly answer: ExplainedAnswer }) {
  const { card_id: id, version, language, isCurrent, when, model, values, stale, facts } = answer;
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Card', value: `${id}, version ${version}${isCurrent ? ', in use' : ', not in use any more'}` },
          { label: 'Language', value: language },
          ...(when === undefined ? [] : [{ label: 'Chosen when', value: visibleText(when) }]),
          { label: 'Chosen by', value: model === undefined ? 'the engine, without a model' : visibleText(model) },
        ]}
      />
      {stale && (
        <Alert type="warning">
          The facts have changed since this was sent: today not each of its values would be proved.
        </Alert>
      )}
      {values.length === 0 ? 'The card has no values to prove: its words are the company’s own.' : (
        <ProvedValues values={values} facts={facts} />
      )}
    </SpaceBetween>
  );
}
