import { calendarWords } from '../claims/calendar-words';
import type { Evidence, Ground } from '../evidence';
import type { Leaf } from '../fact-places';
import { isNameWithRole } from '../names/name-facts';
import type { Said } from './compare';
import { exchanged } from './compare';
import { contextOf } from './figure-context';
import type { Place } from './figure-words';
import { isVerbFinal, wordsAround } from './figure-words';

/** Names in a value and in the facts, beyond which nothing is compared. */
const MOST_NAMES = 12;
const MOST_FACTS = 80;
/** Names are exchanged only if their own fields say so. */
const MARGIN = 1.5;

/** Names that a value gives each other's part (seller and buyer, from and to), or a giver's to who gets. */
export function misplacedNames(text: string, evidence: Evidence): readonly Place[] {
  const facts = namesIn(evidence);
  if (facts.length < 2 || facts.length > MOST_FACTS) return [];
  const found = facts.flatMap((ground) => placesOf(text, ground.text).map((place) => ({ ...place, ground })));
  const places = found.filter((one) => !found.some((other) => other !== one && covers(other, one)))
    .sort((left, right) => left.start - right.start);
  if (places.length === 0 || places.length > MOST_NAMES) return [];
  const names = places.map(({ start, end }, index): Said => {
    const around = {
      before: places[index - 1],
      after: places[index + 1],
      next: places[index + 1]?.start,
      isVerbFinal: isVerbFinal(evidence.language),
    };
    const claim = { text, start, end };
    return { claim, grounds: groundsOf(text.slice(start, end), facts), ...wordsAround(claim, around) };
  });
  const context = (ground: Ground) => contextOf(ground, { labels: false, neighbours: false });
  const misplaced = names.filter(({ claim: { end }, grounds }) => hasOppositeRole(text.slice(end), grounds));
  return [...exchanged(names, context, MARGIN), ...misplaced].map(({ claim }) => claim);
}

/** Who gives and who gets, by the names of fields and by what is said behind a name. */
const GIVERS = /^(?:from|sender|seller|payer|lender|donor|giver|von|absender|verkäufer|de|expéditeur|vendeur|remitente|vendedor|mittente|venditore|afzender|verkoper|nadawca|sprzedawca|avsändare|säljare|gönderen|satıcı)$/u;
const GETTERS = /^(?:to|recipient|receiver|buyer|payee|borrower|beneficiary|an|empfänger|käufer|destinataire|acheteur|destinatario|comprador|acquirente|destinatário|ontvanger|koper|odbiorca|kupujący|mottagare|köpare|alıcı)$/u;
const GETS = /^(?: (?:has|have|had|hat|a|ha|heeft|har))? (?:received|receives|got|gets|bought|erhalten|bekommen|erhält|gekauft|reçu|reçoit|acheté|recibid\p{L}*|recibe|ricevuto|riceve|recebeu|recebe|ontvangen|ontvangt|gekocht|otrzymał\p{L}*|fått|får)(?!\p{L})/iu;
const GIVES = /^(?: (?:has|have|had|hat|a|ha|heeft|har))? (?:sent|sends|gave|gives|given|sold|paid|geschickt|geschenkt|verkauft|envoyé|donné|vendu|enviad\p{L}*|regalad\p{L}*|envió|inviato|regalato|enviou|deu|gestuurd|gegeven|wysłał\p{L}*|skickat|gett)(?!\p{L})/iu;

function hasOppositeRole(behind: string, grounds: readonly Ground[]): boolean {
  const isKey = (role: RegExp) => grounds.some(({ leaf }) => role.test((leaf.path.at(-1) ?? '').toLowerCase()));
  const [gives, gets] = [isKey(GIVERS), isKey(GETTERS)];
  return (gives && !gets && GETS.test(behind)) || (gets && !gives && GIVES.test(behind));
}

/** Everybody and everything that a fact consists of, where a key says what it is. */
function namesIn({ leaves, language }: Evidence): readonly Ground[] {
  const { weekdays, months } = calendarWords(language);
  const isCalendar = (name: string) => weekdays.has(name) || months.has(name);
  return leaves.filter((leaf) => isNameWithRole(leaf) && !/^\d+$/.test(leaf.path.at(-1) ?? ''))
    .filter(({ value }) => !isCalendar(String(value).toLowerCase()))
    .map((leaf) => ({ leaf: inItsEntry(leaf), start: 0, end: String(leaf.value).length, text: String(leaf.value) }));
}

/** What a list is called says nothing of the part that one name of an entry has. */
function inItsEntry(leaf: Leaf): Leaf {
  return { ...leaf, path: leaf.path.slice(leaf.path.findLastIndex((key) => /^\d+$/.test(key)) + 1) };
}

function groundsOf(written: string, facts: readonly Ground[]): readonly Ground[] {
  return facts.filter(({ text }) => text === written);
}

function placesOf(text: string, name: string): readonly Place[] {
  const places: Place[] = [];
  for (let at = text.indexOf(name); at >= 0 && places.length < MOST_NAMES; at = text.indexOf(name, at + name.length)) {
    const [before, behind] = [text.slice(Math.max(0, at - 1), at), text.slice(at + name.length, at + name.length + 1)];
    const isWhole = !/[\p{L}\p{N}]/u.test(before + behind);
    if (isWhole || /[\u3040-\uD7AF]/u.test(name)) places.push({ text, start: at, end: at + name.length });
  }
  return places;
}

function covers(outer: Place, inner: Place): boolean {
  return outer.start <= inner.start && outer.end >= inner.end && outer.end - outer.start > inner.end - inner.start;
}
