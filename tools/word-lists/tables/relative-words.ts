/** What other languages say beside the words of their locale data. */
export const MORE: Readonly<Record<string, string>> = {
  de: 'über nacht|am wochenende|in den nächsten (?:tagen|stunden|wochen)|innerhalb (?:der|einer) (?:nächsten '
    + ')?(?:stunde|woche)|heute (?:abend|nacht|früh)|in (?:wenigen|ein paar) (?:minuten|stunden|tagen)',
  fr: 'ce soir|cette nuit|ce week-end|après-demain|dans (?:les prochains jours|les prochaines heures|quelques '
    + "(?:minutes|heures|jours)|l'heure)|la semaine prochaine|le mois prochain",
  es: 'esta noche|esta tarde|este fin de semana|pasado mañana|la próxima semana|la semana que viene|en '
    + '(?:unos|pocos) (?:minutos|días)|en los próximos días|dentro de poco',
  it: 'stasera|stanotte|dopodomani|la prossima settimana|la settimana prossima|nei prossimi giorni|questo fine '
    + 'settimana|tra (?:pochi|qualche) (?:minuti|giorni|ore)',
  pt: 'hoje à noite|esta noite|depois de amanhã|na próxima semana|na semana que vem|nos próximos dias|dentro de '
    + '(?:poucos|alguns) (?:minutos|dias)',
  nl: 'vanavond|vannacht|overmorgen|volgende week|dit weekend|in de komende dagen|binnen (?:een paar|enkele) '
    + '(?:minuten|uren|dagen)|binnen het uur',
  pl: 'pojutrze|w przyszłym tygodniu|w najbliższych dniach|dziś wieczorem|za (?:kilka|parę) (?:minut|godzin|dni)|w '
    + 'ciągu godziny',
  sv: 'i kväll|i natt|imorgon|idag|nästa vecka|inom (?:en timme|kort)|i helgen',
  da: 'i aften|i nat|i overmorgen|næste uge|i weekenden|inden for en time',
  nb: 'i kveld|i natt|i overmorgen|neste uke|i helgen',
  tr: 'bu akşam|bu gece|öbür gün|ertesi gün|gelecek hafta|haftaya|birkaç (?:gün|saat|dakika) içinde',
  ru: 'сегодня вечером|послезавтра|на следующей неделе|в ближайшие дни|через (?:час|несколько (?:минут|часов|дней))',
  ar: 'غدا|غداً|الليلة|بعد غد|الأسبوع (?:القادم|المقبل)|خلال أيام|هذا المساء',
  zh: '今晚|明早|明晚|大后天|这周末|周末|几天内|稍后|下周|下星期|下个月',
  ja: '今夜|今晩|明朝|明晩|あさって|あした|数日中|来週|週末|まもなく',
  ko: '오늘 밤|모레|다음 주|이번 주말|며칠 내|곧',
  hi: 'आज रात|परसों|अगले हफ्ते|अगले सप्ताह',
  cs: 'dnes večer|pozítří|příští týden|o víkendu',
  uk: 'післязавтра|наступного тижня|сьогодні ввечері',
};
