import type { AssistantSettings } from '../core/company/assistant-settings';
import { inLanguage } from '../core/company/by-language';
import type { LocalTime } from '../core/company/opening-hours';
import { backAt } from '../core/company/opening-hours';
import { windowEnd } from '../core/lifecycle/service-window';
import { endParting } from '../core/lifecycle/thread-transitions';
import type { Parting, Thread } from '../core/lifecycle/thread-record';
import { answeringFor } from './answering';
import { isDisclosed } from './disclosure';
import { loadConversations } from './load-conversations';
import { askToReopen, nameOf, proveAgain, say } from './say-reply';
import type { TurnPorts } from './turn-ports';

/** Writes of a thread that others overtake, at most; the reconciler comes back to what is left. */
const TRIES = 5;

/**
 * Says what the engine says last as it hands a thread over: the card that ends so, or the company's sentence. May be
 * repeated. Once a person has taken the thread, nothing of it leaves: taking it counts `epoch` up.
 */
export async function sayParting(threadId: string, thread: Thread, ports: TurnPorts): Promise<void> {
  const { parting } = thread;
  if (!parting) return;
  if (thread.owner === 'person' && thread.epoch === parting.epoch) await sayLast(threadId, thread, parting, ports);
  let seen: Thread | undefined = thread;
  for (let tries = 0; seen?.parting && tries < TRIES; tries += 1) {
    const { applied, thread: found } = await ports.threads.change(threadId, endParting({ seen }));
    if (applied) return;
    seen = found;
  }
}

async function sayLast(threadId: string, thread: Thread, parting: Parting, ports: TurnPorts): Promise<void> {
  const { about, card, epoch, sequence, language } = parting;
  const base = { owner: 'person', epoch } as const;
  const proved = card && (await proveAgain(about, card, ports));
  if (card && proved) {
    const holder = { ...base, sequence };
    await say(threadId, thread, { ...proved, chosen: card, holder, name: nameOf(threadId, sequence) }, ports);
    return;
  }
  const [loaded] = await loadConversations([about], ports);
  const answering = loaded && answeringFor(loaded, ports.clock.now());
  if (!answering) return;
  if (windowEnd(thread.channel_method, thread) <= ports.clock.now()) {
    await askToReopen(threadId, answering, parting, ports);
    return;
  }
  const { assistant: { settings }, language: usual } = answering;
  const words = lastWords(settings, thread, [language, usual], ports.clock.now());
  if (!words) return;
  await say(threadId, thread, { answering, ...words, holder: base, name: `hand-off#${threadId}#${epoch}` }, ports);
}

/**
 * The company's sentence, and before it who writes if the recipient was not told so within 24 hours: `discloses` is the
 * language of it then. Undefined where the company has no sentence: the engine says nothing of its own.
 */
export function lastWords(
  settings: AssistantSettings,
  thread: Pick<Thread, 'disclosed'>,
  languages: ReadonlyArray<string | undefined>,
  now: number,
): { readonly words: string; readonly discloses?: string } | undefined {
  const sentence = handOffSentence(settings, languages, now);
  if (!sentence) return undefined;
  const { text, language } = sentence;
  const [first] = [language, ...languages].flatMap((one) => (
    one === undefined ? [] : inLanguage(settings.disclosure, one) ?? []
  ));
  if (!first || isDisclosed(thread, first.language, now)) return { words: text };
  return { words: `${first.value}\n\n${text}`, discloses: first.language };
}

/**
 * The company's sentence in the first of these languages that it has: that a person goes on, and outside its hours when
 * one is back.
 */
function handOffSentence(
  settings: AssistantSettings,
  languages: ReadonlyArray<string | undefined>,
  now: number,
): { readonly text: string; readonly language: string } | undefined {
  const back = backAt(settings, now);
  const texts = back && settings.outside_hours ? settings.outside_hours : settings.hand_off;
  for (const language of languages) {
    if (language === undefined) continue;
    const found = inLanguage(texts, language) ?? inLanguage(settings.hand_off, language);
    if (found) {
      const { value, language: spoken } = found;
      return { text: back ? withTime(value, spoken, back) : value, language: spoken };
    }
  }
  return undefined;
}

function withTime(text: string, language: string, { date, time }: LocalTime): string {
  const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
    .format(Date.parse(`${date}T00:00:00Z`));
  return text.replaceAll(/\{\{ *date *\}\}/g, () => day).replaceAll(/\{\{ *time *\}\}/g, () => time);
}
