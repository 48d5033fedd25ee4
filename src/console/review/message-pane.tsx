import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { ReviewItem } from '../shared/api';
import { visibleText } from '../shared/visible-text';
import type { ClaimPlace } from './review-state';

const SHAPES: Readonly<Record<string, string>> = { email: 'letter', sms: 'bubble', whatsapp: 'bubble' };

interface MessagePaneProps {
  readonly item: ReviewItem;
  readonly active: ClaimPlace | undefined;
}

/** The message as its recipient reads it; each variable is a span with its name. */
export function MessagePane({ item: { texts, held, variables }, active }: MessagePaneProps) {
  const verdicts = new Map(variables.map(({ name, flagged }) => [name, flagged]));
  return (
    <Container header={<Header variant="h2">Message</Header>}>
      <div className={SHAPES[held.channel] ?? 'bubble'}>
        {texts.length === 0 && <p>It has no words yet: they are composed once you approve.</p>}
        {texts.map(({ name, segments }) => (
          <div key={name} className={`text text-${name}`} dir="auto">
            {name === 'subject' && <span className="label">Subject </span>}
            {segments.map(({ text, variable }, index) =>
              variable === undefined ? (
                <span key={index}>{visibleText(text)}</span>
              ) : (
                <span
                  key={index}
                  className={classOf(verdicts.get(variable) ?? false, active?.variable === variable)}
                  title={`Variable ${variable}`}
                >
                  {visibleText(text) || `{${variable}}`}
                </span>
              ),
            )}
          </div>
        ))}
      </div>
    </Container>
  );
}

function classOf(isFlagged: boolean, isActive: boolean): string {
  return ['variable', isFlagged ? 'variable-flagged' : '', isActive ? 'variable-active' : ''].join(' ').trim();
}
