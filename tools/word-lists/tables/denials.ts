/** By language, because the words are others in the next one: Portuguese "no" is "in the". */
export const NEGATIONS: Readonly<Record<string, string>> = {
  en:
    'not|no|never|none|nor|without|cannot|unable|lacks?|lacking|missing|yet ' +
    'to|pending|waiting|awaiting|await|open|outstanding|unpaid|unsigned|' +
    'closed|out of|neither|nothing|still|only|except|exclud\\p{L}*|extra|separate\\p{L}*',
  de: 'nicht|nichts|kein\\p{L}*|ohne|noch|nie|niemals|fehl\\p{L}*|offen|geschlossen|nur|außer|extra|zzgl|zuzüglich|exklusive|aussteh\\p{L}*|steht aus|unbezahlt|entfällt|verzichten',
  fr: "ne|n'|pas|sans|aucun\\p{L}*|jamais|non|hors|sauf|manque\\p{L}*|ni|rien|seulement|impayé\\p{L}*|inutile|exclu\\p{L}*",
  es: 'no|sin|ningún|ninguna|ninguno|nunca|falta\\p{L}*|pendiente\\p{L}*|ni|nada|aún|todavía|salvo|excepto|solo|sólo|tampoco|aparte',
  it: 'non|senza|mai|nessun\\p{L}*|manca\\p{L}*|né|nulla|niente|ancora|solo|esclus\\p{L}*|tranne',
  pt: 'não|sem|nenhum\\p{L}*|nunca|falta\\p{L}*|nem|nada|ainda|só|somente|exceto|pendente\\p{L}*|dispensad\\p{L}*',
  nl: 'niet|niets|geen|zonder|nooit|nog|ontbre\\p{L}*|alleen|behalve|exclusief|open',
  pl: 'nie|bez|brak\\p{L}*|nigdy|żadn\\p{L}*|ani|nic|jeszcze|tylko|oprócz|nie\\p{L}+',
  sv: 'inte|ej|ingen|inga|inget|utan|aldrig|saknas|ännu|endast|bara|utom|o\\p{L}+',
  da: 'ikke|ej|ingen|intet|uden|aldrig|mangler|kun',
  nb: 'ikke|ei|ingen|intet|uten|aldri|mangler|kun',
  tr: 'değil\\p{L}*|yok|hiç|olmadan|henüz|sadece|hariç|\\p{L}+(?:m[ae]d[ıiuü]|m[ae]z|m[ıiuü]yor|m[ae]y?[ae]ca[kğ]|m[ae]m[ıiuü]ş|m[ae]m[ae]kt|s[ıiuü]z)\\p{L}*',
  ru: 'не|нет|без|нельзя|никогда|ни|никак\\p{L}*|ещё|еще|только|кроме|отсутств\\p{L}*|не\\p{L}{3,}',
  uk: 'не|немає|нема|без|ні|ніколи|ще|тільки|лише|крім|відсутн\\p{L}*|не\\p{L}{3,}',
};

/** Outcomes that exclude each other, as participles in several languages. */
export const OUTCOMES: ReadonlyArray<readonly [name: string, words: string]> = [
  [
    'granted',
    'approved|granted|accepted|genehmigt\\p{L}*|bewilligt\\p{L}*|angenommen\\p{L}*|accepté\\p{L}*|approuvé\\p{L}*|accordé\\p{L}*|aprobad\\p{L}*|aceptad\\p{L}*|concedid\\p{L}*|approvat\\p{L}*|accettat\\p{L}*|aprovad\\p{L}*|aceite|goedgekeurd|toegekend|zatwierdzon\\p{L}*|przyznan\\p{L}*|godkän\\p{L}*|beviljad?|onayla\\p{L}*|одобрен\\p{L}*|批准|通过|承認|승인',
  ],
  [
    'refused',
    'declined|rejected|refused|denied|turned ' +
      'down|abgelehnt\\p{L}*|refusé\\p{L}*|rejeté\\p{L}*|rechazad\\p{L}*|denegad\\p{L}*|respint\\p{L}*|rifiutat\\p{L}*|recusad\\p{L}*|rejeitad\\p{L}*|afgewezen|geweigerd|odrzucon\\p{L}*|avslagen|avslag\\p{L}*|reddedil\\p{L}*|отклон\\p{L}*|拒绝|却下|거절',
  ],
  [
    'cancelled',
    'cancell?ed|called ' +
      'off|storniert\\p{L}*|abgesagt\\p{L}*|annulé\\p{L}*|cancelad\\p{L}*|anulad\\p{L}*|annullat\\p{L}*|cancellat\\p{L}*|geannuleerd|anulowan\\p{L}*|inställd?|avbok\\p{L}*|iptal edil\\p{L}*|отмен[её]н\\p{L}*|取消|キャンセル|취소',
  ],
  [
    'delivered',
    'delivered|geliefert|zugestellt|livré\\p{L}*|entregad\\p{L}*|consegnat\\p{L}*|entregue\\p{L}*|bezorgd|geleverd|dostarczon\\p{L}*|levererad?|leverats|teslim edil\\p{L}*|доставлен\\p{L}*|已送达|送达|配達済み|배송 완료',
  ],
  [
    'done',
    'solved|resolved|fixed|completed|finished|closed|repaired|gelöst|erledigt|fertig|abgeschlossen|repariert|résolu\\p{L}*|terminé\\p{L}*|resuelt\\p{L}*|completad\\p{L}*|risolt\\p{L}*|completat\\p{L}*|resolvid\\p{L}*|concluíd\\p{L}*|opgelost|afgerond|rozwiązan\\p{L}*|zakończon\\p{L}*|löst|klar|çözül\\p{L}*|решен\\p{L}*',
  ],
  [
    'shipped',
    'shipped|dispatched|on its ' +
      'way|versandt|verschickt|expédié\\p{L}*|enviad\\p{L}*|spedit\\p{L}*|verzonden|wysłan\\p{L}*|skickad?|skickats|gönderil\\p{L}*|отправлен\\p{L}*',
  ],
  [
    'pending',
    'pending|under review|in progress|in review|in prüfung|en cours d\'examen|en revisión|in esame|w toku|under behandling|being (?:checked|reviewed|processed)|awaiting|waiting|in ' +
      'bearbeitung|ausstehend|en cours|en attente|pendiente|in corso|in attesa|em análise|pendente|in ' +
      'behandeling|w trakcie|behandlas|beklemede|рассмотрен\\p{L}*|处理中|審査中|검토',
  ],
  [
    'blocked',
    'blocked|suspended|locked|frozen|gesperrt|bloqué\\p{L}*|bloquead\\p{L}*|bloccat\\p{L}*|geblokkeerd|zablokowan\\p{L}*|spärrad?|заблокирован\\p{L}*',
  ],
  ['working', 'works again|working again|unblocked|active again|is active|unlocked|wieder aktiv|entsperrt'],
  ['negative', 'negative|negativ\\p{L}*|négatif|отрицательн\\p{L}*'],
  ['positive', 'positive|positiv\\p{L}*|positif|положительн\\p{L}*'],
];
