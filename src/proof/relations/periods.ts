import type { FoundClaim } from '../claims/extract-claims';
import type { Ground } from '../evidence';
import { wordsOfKey } from '../fact-places';
import { plainWord } from '../names/vocabulary';

/** What an amount is for, in several languages, without accents. */
const PERIODS: Readonly<Record<string, string>> = {
  hour: 'hour hourly stunde stundlich heure hora ora uur godzine timme time saat час 小时 小時 時間 시간',
  day: 'day daily tag taglich jour dia giorno dag dzien dobe gun день 天 日 일 يوم',
  night: 'night nacht nuit noche notte noite noc nacht natt gece ночь 晚 泊 박 ليلة',
  week: 'week weekly pw woche wochentlich semaine semana settimana tydzien vecka hafta неделю 周 週 주 أسبوع',
  month: 'month monthly pcm monat monatlich mois mensuel mensual mes mese mensile mensal maand maandelijks miesiac '
    + 'miesiecznie manad manaden ay aylik месяц 月 월 شهر',
  quarter: 'quarter quarterly quartal trimestre kwartaal kwartal kvartal ceyrek квартал 季度',
  year: 'year yearly annual annually annum pa jahr jahrlich an annee annuel ano anual anno annuale jaar jaarlijks rok '
    + 'rocznie ar arlig yil yillik год 年 년 سنة',
};
const BY_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(PERIODS).flatMap(([period, words]) => words.split(' ').map((word) => [word, period] as const)),
);
const BEHIND =
  /^ ?(?:a|an|per|each|every|\/|pro|im|par|al|por|ao|à|l'|all'|a l'|om|w|za|i|в|毎|每)[ ']?(?:the |la |el |lo |il |le )?(?<word>\p{L}{2,14})/iu;
const ADVERB =
  /^ (?<word>monthly|weekly|yearly|annually|daily|hourly|quarterly|monatlich|jährlich|wöchentlich|mensuels?|mensuales|mensual|anuales|annui|mensili|mensile|mensais|miesięcznie|rocznie|maandelijks|jaarlijks)(?!\p{L})/iu;

/** The amount is said by another period than its fact names: a monthly rent "a week". */
export function hasAnotherPeriod({ kind, text, end }: FoundClaim, grounds: readonly Ground[]): boolean {
  if (kind !== 'amount' || grounds.length === 0) return false;
  const rest = text.slice(end, end + 30);
  const said = BY_WORD.get(plainWord((BEHIND.exec(rest) ?? ADVERB.exec(rest))?.groups?.word ?? ''));
  if (said === undefined) return false;
  const known = grounds.map(periodsOf);
  return known.every((periods) => periods.size > 0 && !periods.has(said));
}

function periodsOf({ leaf, text, end }: Ground): ReadonlySet<string> {
  const beside = Object.entries(leaf.parent).flatMap(([key, value]) =>
    typeof value === 'string' && /^(?:per|period|unit|interval|billing|cycle|zeitraum|période|periodo|periodiciteit)$/iu.test(key) ? [value] : [],
  );
  const inProse = text.length > end ? [/^[^.;,]{0,30}/u.exec(text.slice(end))?.[0] ?? ''] : [];
  const words = [...leaf.path.slice(-2).flatMap(wordsOfKey), ...[...beside, ...inProse].flatMap((value) => value.match(/\p{L}+/gu) ?? [])];
  return new Set(words.flatMap((word) => BY_WORD.get(plainWord(word)) ?? []));
}
