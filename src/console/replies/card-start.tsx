import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfferedCard } from '../shared/api';
import { api, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { visibleText } from '../shared/visible-text';

interface CardStartProps {
  readonly openKey: string;
  readonly onInsert: (card: OfferedCard) => void;
}

/** The approved cards of the project: an agent may begin an answer with the words of one. */
export function CardStart({ openKey, onInsert }: CardStartProps) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['cards', openKey],
    queryFn: async () => read(api.GET('/console/api/replies/{id}/cards', { params: { path: { id: openKey } } })),
    staleTime: 60_000,
  });
  const [chosen, setChosen] = useState<string>();
  if (error) return <FaultAlert error={error} onRetry={() => void refetch()} />;
  const cards = data?.cards ?? [];
  const card = cards.find((one) => idOf(one) === chosen);
  const options = cards.map((one) => ({
    value: idOf(one),
    label: visibleText(one.when),
    description: `Card ${one.card_id} version ${one.version}, ${one.language}`,
    disabled: one.missing.length > 0,
    disabledReason: `It needs ${visibleText(one.missing.join(', '))}, which is not there.`,
  }));
  return (
    <FormField
      stretch
      label="Approved cards"
      description="The words of a card as a start for your answer; what you change is yours."
    >
      <SpaceBetween size="xs" direction="horizontal">
        <div className="card-choice">
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            placeholder="What does the recipient ask?"
            ariaLabel="Approved card"
            empty="The project has no approved cards."
            statusType={isPending ? 'loading' : 'finished'}
            loadingText="Loading the cards"
            filteringType="auto"
            filteringPlaceholder="Find a card"
            filteringAriaLabel="Find a card"
            onChange={({ detail }) => {
              setChosen(detail.selectedOption.value);
            }}
          />
        </div>
        <Button
          formAction="none"
          disabled={!card}
          onClick={() => {
            if (card) onInsert(card);
          }}
        >
          Insert its words
        </Button>
      </SpaceBetween>
    </FormField>
  );
}

function idOf({ card_id: id, language }: OfferedCard): string {
  return `${id} ${language}`;
}
