import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useEffect, useRef } from 'react';
import { REFUSED, shownVerdict } from '../proof/verdicts';
import type { ReviewItem, ReviewVariable } from '../shared/api';
import { visibleText } from '../shared/visible-text';
import { ClaimedValue } from './claimed-value';
import { keyOf } from './keys';
import type { ClaimPlace } from './review-state';

interface ValuesPaneProps {
  readonly item: ReviewItem;
  /** The same with the person's values. */
  readonly judged: ReviewItem;
  readonly typed: Readonly<Record<string, string>>;
  readonly editing: string | undefined;
  readonly active: ClaimPlace | undefined;
  readonly visited: ReadonlySet<string>;
  readonly isCurrent: boolean;
  readonly onVisit: (place: ClaimPlace) => void;
  readonly onEdit: (name: string | undefined) => void;
  readonly onType: (name: string, value: string) => void;
}

/** What stands in each variable, what proves it, and the field in which it is changed. */
export function ValuesPane({ item, judged, ...rest }: ValuesPaneProps) {
  return (
    <Container header={<Header variant="h2">Values</Header>}>
      <SpaceBetween size="m">
        {judged.variables.map((variable) => (
          <Variable
            key={variable.name}
            variable={variable}
            original={item.variables.find(({ name }) => name === variable.name)?.value ?? ''}
            faults={judged.proof.faults
              .filter((fault) => fault.variable === variable.name)
              .flatMap(({ words }) => words)}
            {...rest}
          />
        ))}
        {judged.proof.faults
          .filter(({ variable }) => variable === undefined)
          .map(({ words }, index) => (
            <Box key={index} color="text-status-error">
              {words.join(' ')}
            </Box>
          ))}
      </SpaceBetween>
    </Container>
  );
}

interface VariableProps extends Omit<ValuesPaneProps, 'item' | 'judged'> {
  readonly variable: ReviewVariable;
  readonly original: string;
  readonly faults: readonly string[];
}

function Variable(props: VariableProps) {
  const { variable, original, faults, typed, editing, active, visited, isCurrent, onVisit, onEdit, onType } = props;
  const { name, description, verdict = '', editable, longest } = variable;
  const value = typed[name];
  const isEdited = value !== undefined && value !== original;
  const isRefused = isCurrent && faults.length > 0;
  const shown = isRefused ? REFUSED : shownVerdict(verdict);
  return (
    <div className={variable.flagged ? 'value value-flagged' : 'value'}>
      <Box variant="awsui-key-label">
        <bdi>{visibleText(name)}</bdi> {shown && <Badge color={shown.color}>{shown.text}</Badge>}
        {isEdited && <Badge color="blue">edited</Badge>}
      </Box>
      <Box variant="small" color="text-body-secondary">
        {visibleText(description)}
      </Box>
      {editing === name && editable ? (
        <Editor
          name={name}
          value={value ?? original}
          original={original}
          longest={longest}
          fault={isRefused ? faults.join(' ') : undefined}
          onType={onType}
          onClose={() => {
            onEdit(undefined);
          }}
        />
      ) : (
        <>
          <ClaimedValue variable={variable} active={active} visited={visited} onVisit={onVisit} />
          {isRefused && (
            <Box color="text-status-error" variant="small">
              {faults.join(' ')}
            </Box>
          )}
          {editable && (
            <Button
              variant="inline-link"
              ariaLabel={`Edit the value of ${name}`}
              onClick={() => {
                onVisit({ variable: name, index: 'whole' });
                onEdit(name);
              }}
            >
              {`Edit (${keyOf('edit')})`}
            </Button>
          )}
          {isEdited && <Original text={original} />}
        </>
      )}
    </div>
  );
}

interface EditorProps {
  readonly name: string;
  readonly value: string;
  readonly original: string;
  readonly longest: number | undefined;
  readonly fault: string | undefined;
  readonly onType: (name: string, value: string) => void;
  readonly onClose: () => void;
}

function Editor({ name, value, original, longest, fault, onType, onClose }: EditorProps) {
  const field = useRef<{ focus(): void }>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  return (
    <SpaceBetween size="xs">
      <FormField
        label={`Your value of ${name}`}
        constraintText={longest === undefined ? undefined : `${value.length} of ${longest} characters`}
        errorText={fault}
        stretch
      >
        <Textarea
          ref={field}
          value={value}
          rows={4}
          onChange={({ detail }) => {
            onType(name, detail.value);
          }}
          onKeyDown={({ detail }) => {
            if (detail.key === 'Escape') onClose();
          }}
        />
      </FormField>
      <Original text={original} />
      <SpaceBetween size="xs" direction="horizontal">
        <Button onClick={onClose}>Done</Button>
        <Button
          variant="link"
          disabled={value === original}
          onClick={() => {
            onType(name, original);
          }}
        >
          As it was proposed
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}

function Original({ text }: { readonly text: string }) {
  return (
    <Box variant="small">
      <b>Proposed: </b>
      <span className="long" dir="auto">
        {visibleText(text) || 'nothing'}
      </span>
    </Box>
  );
}
