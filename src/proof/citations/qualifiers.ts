/**
 * Words that limit what a fact says, in groups of one meaning; a value that drops the group says more than the fact.
 */
const QUALIFIERS: readonly string[] = [
  'only|just|solely|exclusively|nur|ausschließlich|seulement|uniquement|ne \\p{L}+ ' +
    'que|solo|sólo|solamente|únicamente|soltanto|esclusivamente|apenas|somente|só|' +
    'alleen|slechts|uitsluitend|tylko|wyłącznie|endast|bara|kun|sadece|yalnız|yalnızca|только|лишь|тільки',
  "up to|at most|no more than|max(?:imum)?|not more than|bis zu|höchstens|maximal|jusqu'à|au plus|hasta|como " +
    'máximo|fino a|al massimo|até|no máximo|tot|maximaal|' +
    'hoogstens|maksymalnie|upp till|högst|op til|højst|en fazla|до|не более|максимум',
  'at least|min(?:imum)?|from|starting|not less than|ab|mindestens|à partir de|au moins|minimum|desde|al ' +
    'menos|mínimo|a partire da|almeno|a partir de|pelo menos|' +
    'vanaf|minstens|od|co najmniej|minimum|från|minst|fra|mindst|en az|от|не менее|минимум',
  'if|unless|provided|subject to|conditional|on condition|as long ' +
    'as|once|wenn|falls|sofern|vorbehaltlich|vorausgesetzt|si|à condition|sous réserve|sauf|' +
    'siempre que|salvo|a condición|purché|a condizione|salvo|desde que|sujeito|mits|indien|onder ' +
    'voorbehoud|jeśli|pod warunkiem|o ile|förutsatt|hvis|' +
    'forudsat|eğer|şartıyla|koşuluyla|если|при условии',
  'not before|not after|until|before|by|within|no later ' +
    'than|deadline|expires?|frühestens|spätestens|bis|innerhalb|vor|avant|au plus tard|antes|a más tardar|hasta|' +
    'entro|prima|prazo|até|voor|uiterlijk|binnen|przed|najpóźniej|före|senast|inom|inden|senest|önce|kadar|до|не ' +
    'позднее|раньше',
  'except|excluding|without|not ' +
    'includ\\p{L}*|plus|extra|außer|ohne|exklusive|zuzüglich|sauf|hors|excepté|excepto|salvo|sin|aparte|tranne|esclus\\p{L}*|exceto|' +
    'sem|behalve|exclusief|oprócz|bez|utom|exklusive|undtagen|hariç|кроме|без',
  'about|approx\\p{L}*|around|estimated?|expected|provisional\\p{L}*|probabl\\p{L}*|likely|may|might|could|possibl\\p{L}*|tentativ\\p{L}*|preliminar\\p{L}*|circa|' +
    'ca|etwa|ungefähr|voraussichtlich|vorläufig\\p{L}*|vielleicht|wahrscheinlich|environ|probable\\p{L}*|provisoire|peut-être|prévu\\p{L}*|aproximad\\p{L}*|provisional|' +
    'quizás|previst\\p{L}*|probabil\\p{L}*|provvisori\\p{L}*|forse|aproximadamente|provável|talvez|ongeveer|voorlopig|waarschijnlijk|misschien|około|prawdopodobnie|' +
    'wstępn\\p{L}*|może|ungefär|preliminär\\p{L}*|kanske|troligen|cirka|foreløbig|måske|yaklaşık|muhtemelen|belki|tahmini|примерно|около|предварительн\\p{L}*|возможно',
  'part(?:ly|ially|ial)|some|half of|teilweise|manche|einige|en ' +
    'partie|partiel\\p{L}*|certains|parcial\\p{L}*|algun\\p{L}*|in parte|parzial\\p{L}*|alcun\\p{L}*|em parte|' +
    'gedeeltelijk|sommige|częściowo|niektóre|delvis|vissa|nogle|kısmen|bazı|частично|некоторые',
  'first|new|on ' +
    'weekdays|adults?|members?|students?|online|per|each|temporar\\p{L}*|erst(?:e[nrsm]?)?|neu(?:e[nrsm]?)?|nouveaux?|nouvelles?|nuev\\p{L}*|nuov\\p{L}*|nov[oa]s?|nieuwe?|now\\p{L}+|nya?|yeni',
];

let patterns: readonly RegExp[] | undefined;

/** The numbers of the groups of which the facts have a word and the value has none. */
export function missingQualifiers(value: string, facts: readonly string[]): readonly number[] {
  patterns ??= QUALIFIERS.map((words) => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu'));
  return patterns.flatMap((pattern, group) =>
    facts.some((fact) => pattern.test(fact)) && !pattern.test(value) ? [group] : [],
  );
}
