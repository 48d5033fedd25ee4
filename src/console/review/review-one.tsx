import Alert from '@cloudscape-design/components/alert';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ReviewItem } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { DecisionBar } from './decision-bar';
import { useDecisions } from './decision-queue';
import { FactsPane } from './facts-pane';
import { KeySheet } from './key-sheet';
import type { ReviewAction } from './keys';
import { MessagePane } from './message-pane';
import { RejectDialog } from './reject-dialog';
import type { ClaimPlace } from './review-state';
import { blockedBy, flaggedPlaces, nextFlagged, placeId, realEdits } from './review-state';
import { useProof } from './use-proof';
import { useReviewKeys } from './use-review-keys';
import { ValuesPane } from './values-pane';

interface ReviewOneProps {
  readonly item: ReviewItem;
  readonly place: string;
  readonly onNext: () => void;
}

type Open = 'reject' | 'sheet' | undefined;

/** One message in three panes; what may be decided about it, and by which keys. */
export function ReviewOne({ item, place, onNext }: ReviewOneProps) {
  const panes = useRef<HTMLElement>(null);
  const { decide, undo } = useDecisions();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<Open>();
  const [active, setActive] = useState<ClaimPlace>();
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [editing, setEditing] = useState<string>();
  const edits = useMemo(() => realEdits(item, typed), [item, typed]);
  const { proved, isCurrent, error } = useProof(item.held.key, edits);
  const judged = proved ?? item;
  const blocked = blockedBy({ item, proved, isCurrent, visited });
  const visit = useCallback((at: ClaimPlace) => {
    setActive(at);
    setVisited((before) => (before.has(placeId(at)) ? before : new Set([...before, placeId(at)])));
  }, []);
  useEffect(() => {
    panes.current?.focus({ preventScroll: true });
  }, []);

  const approve = () => {
    if (blocked) return;
    decide({ kind: 'approve', held: item.held, shown: item.shown, values: edits });
    onNext();
  };
  const act: Readonly<Record<ReviewAction, () => void>> = {
    approve,
    edit: () => {
      setEditing(active?.variable ?? item.variables.find(({ editable }) => editable)?.name);
    },
    next_claim: () => {
      const next = nextFlagged(flaggedPlaces(judged), active);
      if (next) document.getElementById(`claim ${placeId(next)}`)?.focus();
    },
    reject: () => {
      setOpen('reject');
    },
    skip: onNext,
    undo: () => {
      const back = undo();
      if (back) navigate(`/review/${back.key}`);
    },
    sheet: () => {
      setOpen('sheet');
    },
  };
  const onKeyDown = useReviewKeys(act, open !== undefined);
  return (
    <section ref={panes} tabIndex={-1} className="review" aria-label="Message under review" onKeyDown={onKeyDown}>
      <DecisionBar
        held={item.held}
        place={place}
        blocked={blocked}
        proof={judged.proof}
        onApprove={act.approve}
        onReject={act.reject}
        onSkip={act.skip}
        onSheet={act.sheet}
        onFlagged={act.next_claim}
      />
      {error !== null && error !== undefined && <FaultAlert error={error} />}
      {judged.proof.outcome === 'company_record_incomplete' && (
        <Alert type="warning" header="The company record is incomplete">
          {judged.proof.faults.flatMap(({ words }) => words).join('; ')}
        </Alert>
      )}
      <div className="panes">
        <MessagePane item={judged} active={active} />
        <ValuesPane
          item={item}
          judged={judged}
          typed={typed}
          editing={editing}
          active={active}
          visited={visited}
          isCurrent={isCurrent}
          onVisit={visit}
          onEdit={setEditing}
          onType={(name, value) => {
            setTyped((before) => ({ ...before, [name]: value }));
          }}
        />
        <FactsPane item={judged} active={active} onShow={setActive} />
      </div>
      {open === 'reject' && (
        <RejectDialog
          onClose={() => {
            setOpen(undefined);
          }}
          onReject={(note) => {
            setOpen(undefined);
            decide({ kind: 'reject', held: item.held, shown: item.shown, note });
            onNext();
          }}
        />
      )}
      {open === 'sheet' && (
        <KeySheet
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </section>
  );
}
