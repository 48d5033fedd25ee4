import type { ConversationView } from '../shared/api';
import { duration, moment } from '../shared/moments';
import { kindOf, wordsOf } from './states';

/** The states that a message went through, each as long as it lasted; words and times say the same. */
export function Lanes({ way }: Pick<ConversationView, 'way'>) {
  const steps = way.map((step, index) => {
    const next = way[index + 1];
    return { ...step, seconds: next ? Math.max(0, (Date.parse(next.at) - Date.parse(step.at)) / 1000) : undefined };
  });
  // By the logarithm: a review of hours stands beside a send of milliseconds.
  const weight = (seconds: number | undefined) => 1 + Math.log10(1 + (seconds ?? 0));
  const most = Math.max(1, ...steps.map(({ seconds }) => weight(seconds)));
  return (
    <ol className="lanes">
      {steps.map(({ at, status, reason, by, seconds }, index) => (
        <li key={index} className={`lane lane-${kindOf(status)}`}>
          <svg className="lane-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect width={(100 * weight(seconds)) / most} height="10" />
          </svg>
          <span className="lane-words">
            <b>{wordsOf(status)}</b>
            {reason !== undefined && `, ${wordsOf(reason)}`}
            {by !== undefined && `, by ${by}`}
            {seconds === undefined ? '' : `, for ${seconds < 1 ? 'less than 1 s' : duration(seconds)}`}
          </span>
          <time className="lane-time" dateTime={at}>
            {moment(at)}
          </time>
        </li>
      ))}
    </ol>
  );
}
