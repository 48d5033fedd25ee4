/** By primary language: words and phrases that are the whole of a message, politeness and signature taken off. */
interface Wishes {
  /** The person wants no more messages. */
  readonly stop: readonly string[];
  /** The person wants to speak with a person. */
  readonly person: readonly string[];
  /** Said before or behind the rest, without a meaning of its own. */
  readonly polite: readonly string[];
}

/** The lists of a language with the English ones, ready to be looked up. */
export interface PreparedWishes {
  readonly stop: ReadonlySet<string>;
  readonly person: readonly string[];
  /** The longest first. */
  readonly polite: readonly string[];
}

/** Twilio's own words for SMS (docs "Advanced Opt-Out") come first. On WhatsApp only the engine applies them. */
const ENGLISH: Wishes = {
  stop: [
    'stop', 'stop all', 'stopall', 'unsubscribe', 'end', 'quit', 'revoke', 'optout', 'opt out', 'cancel',
    'stop it', 'stop this', 'stop now', 'stop messages', 'stop messaging', 'stop texting', 'stop promotions',
    'stop writing to me', 'stop writing me', 'stop messaging me', 'stop texting me', 'stop contacting me',
    'stop emailing me', 'stop sending me messages', 'stop sending me texts', 'stop sending messages',
    'do not write to me', 'do not contact me', 'do not text me', 'do not message me', 'dont write to me',
    'dont contact me', 'dont text me', 'dont message me', 'do not contact me again', 'dont contact me again',
    'no more messages', 'no more texts', 'no more emails', 'remove me', 'remove me from your list',
    'remove my number', 'delete my number', 'take me off your list', 'take me off the list', 'unsubscribe me',
    'opt me out', 'i want to unsubscribe', 'i wish to unsubscribe', 'i want to opt out', 'leave me alone',
  ],
  person: [
    'talk to somebody', 'talk to someone', 'talk to a person', 'talk to a human', 'talk with someone',
    'talk with a person', 'speak to somebody', 'speak to someone', 'speak to a person', 'speak to a human',
    'speak with someone', 'speak with somebody', 'speak with a person', 'speak with a human', 'real person',
    'actual person', 'human being', 'talk to an agent', 'speak to an agent', 'speak with an agent', 'speak to a manager',
    'speak to your manager', 'speak to a representative', 'someone call me', 'somebody call me', 'someone ring me', 'call me back', 'are you a bot', 'are you a robot',
  ],
  polite: [
    'hi', 'hello', 'hey', 'dear', 'sir', 'madam', 'sirs', 'all', 'please', 'pls', 'plz', 'kindly', 'just', 'ok',
    'okay', 'can you', 'could you', 'would you', 'thanks', 'thank you', 'many thanks', 'thx', 'ty', 'cheers', 'regards',
    'kind regards', 'best regards', 'good morning', 'good afternoon', 'good evening',
  ],
};

/** Beside English, by the template's language: a word that stops in one language is an answer in another. */
const OTHERS: Readonly<Record<string, Wishes>> = {
  de: {
    stop: [
      'stopp', 'abmelden', 'abbestellen', 'aufhören', 'austragen', 'keine nachrichten mehr', 'keine sms mehr',
      'schreiben sie mir nicht mehr', 'schreibt mir nicht mehr', 'nicht mehr schreiben', 'hören sie auf',
      'melden sie mich ab', 'kontaktieren sie mich nicht mehr',
    ],
    person: [
      'mit jemandem sprechen', 'mit jemandem reden', 'mit einem menschen', 'mit einer person', 'mit einem mitarbeiter',
      'echten menschen', 'rufen sie mich an', 'bitte um rückruf',
    ],
    polite: ['hallo', 'guten tag', 'guten morgen', 'bitte', 'danke', 'vielen dank', 'mfg', 'viele grüße', 'grüße'],
  },
  fr: {
    stop: [
      'arret', 'arrêt', 'arrêter', 'arrêtez', 'désabonner', 'désabonnement', 'désinscrire', 'désinscription',
      'désabonnez moi', 'désinscrivez moi', 'ne m écrivez plus', 'ne me contactez plus', 'plus de messages',
      'arrêtez de m écrire',
    ],
    person: [
      'parler à quelqu un', 'parler a quelqu un', 'parler à une personne', 'parler avec quelqu un',
      'parler à un conseiller', 'une vraie personne', 'parler à un humain', 'être rappelé', 'être rappelée',
      'rappelez moi',
    ],
    polite: ['bonjour', 'bonsoir', 'salut', 's il vous plaît', 's il vous plait', 'svp', 'merci', 'cordialement'],
  },
  es: {
    stop: [
      'baja', 'alto', 'parar', 'cancelar', 'darme de baja', 'denme de baja', 'deme de baja', 'dame de baja',
      'quiero darme de baja', 'no me escriban más', 'no me escriba más', 'no me contacten más', 'no más mensajes',
      'dejen de escribirme',
    ],
    person: [
      'hablar con alguien', 'hablar con una persona', 'hablar con un agente', 'persona real', 'hablar con un asesor',
      'que me llamen', 'llámenme', 'llámeme',
    ],
    polite: ['hola', 'buenos días', 'buenas tardes', 'por favor', 'porfavor', 'gracias', 'muchas gracias', 'saludos'],
  },
  it: {
    stop: [
      'basta', 'cancella', 'cancellami', 'cancellatemi', 'disiscrivimi', 'disiscrivetemi', 'annulla iscrizione',
      'non scrivetemi più', 'non contattatemi più', 'niente più messaggi', 'smettetela',
    ],
    person: [
      'parlare con qualcuno', 'parlare con una persona', 'parlare con un operatore', 'persona vera',
      'richiamatemi', 'mi richiami',
    ],
    polite: ['ciao', 'buongiorno', 'buonasera', 'salve', 'per favore', 'per cortesia', 'grazie', 'saluti'],
  },
  pt: {
    stop: [
      'parar', 'pare', 'parem', 'sair', 'cancelar', 'remover', 'descadastrar', 'cancelar inscrição',
      'não me escrevam mais', 'não me contactem mais', 'não me contatem mais', 'não quero mais mensagens',
      'chega de mensagens',
    ],
    person: [
      'falar com alguém', 'falar com uma pessoa', 'falar com um atendente', 'pessoa de verdade',
      'liguem me', 'me liguem', 'me ligue',
    ],
    polite: ['olá', 'oi', 'bom dia', 'boa tarde', 'por favor', 'obrigado', 'obrigada', 'cumprimentos'],
  },
  nl: {
    stop: [
      'stoppen', 'stop maar', 'afmelden', 'uitschrijven', 'schrijf me niet meer', 'geen berichten meer',
      'stuur me geen berichten meer', 'schrijf mij uit', 'schrijf me uit', 'meld me af',
    ],
    person: [
      'iemand spreken', 'met iemand praten', 'met iemand spreken', 'een medewerker spreken', 'een mens spreken',
      'echt persoon', 'bel me terug', 'teruggebeld worden',
    ],
    polite: ['hallo', 'hoi', 'goedemorgen', 'goedemiddag', 'graag', 'alstublieft', 'aub', 'bedankt', 'dank u', 'groeten'],
  },
  pl: {
    stop: [
      'zatrzymaj', 'wypisz', 'wypisz mnie', 'wypiszcie mnie', 'rezygnuję', 'anuluj', 'nie piszcie do mnie',
      'proszę nie pisać', 'koniec wiadomości',
    ],
    person: [
      'porozmawiać z kimś', 'rozmawiać z człowiekiem', 'porozmawiać z człowiekiem', 'z konsultantem',
      'proszę o telefon', 'proszę oddzwonić',
    ],
    polite: ['dzień dobry', 'cześć', 'witam', 'proszę', 'dziękuję', 'dzięki', 'pozdrawiam'],
  },
  sv: {
    stop: ['stopp', 'avsluta', 'avregistrera', 'avanmäl', 'inga fler meddelanden', 'skriv inte till mig mer', 'sluta'],
    person: ['prata med någon', 'tala med någon', 'prata med en människa', 'prata med en handläggare', 'ring mig'],
    polite: ['hej', 'hejsan', 'god morgon', 'snälla', 'tack', 'tack så mycket', 'hälsningar'],
  },
  tr: {
    stop: ['dur', 'durdur', 'iptal', 'çık', 'abonelikten çık', 'bana yazmayın', 'mesaj atmayın'],
    person: ['biriyle konuşmak', 'biriyle görüşmek', 'müşteri temsilcisine bağlan', 'müşteri temsilcisiyle', 'gerçek bir kişi', 'beni arayın'],
    polite: ['merhaba', 'selam', 'lütfen', 'teşekkürler', 'teşekkür ederim', 'sağ olun'],
  },
  ru: {
    stop: ['стоп', 'отписаться', 'отписка', 'отпишите меня', 'не пишите мне', 'больше не пишите', 'хватит'],
    person: ['поговорить с человеком', 'поговорить с кем-нибудь', 'живой человек', 'позовите оператора', 'с оператором', 'перезвоните'],
    polite: ['здравствуйте', 'привет', 'добрый день', 'пожалуйста', 'спасибо'],
  },
  // Often written without its marks.
  ro: {
    stop: [
      'dezabonare', 'dezabonați mă', 'dezabonati ma', 'dezabonează mă', 'nu mi mai scrieți', 'nu mi mai scrieti',
      'nu îmi mai scrieți', 'nu imi mai scrieti', 'nu mă mai contactați', 'nu ma mai contactati', 'opriți mesajele',
      'opriti mesajele', 'gata cu mesajele', 'nu mai vreau mesaje',
    ],
    person: [
      'vorbesc cu un om', 'vorbesc cu cineva', 'vorbi cu cineva', 'vorbesc cu o persoană', 'vorbesc cu o persoana',
      'vorbi cu o persoană', 'vorbi cu o persoana', 'vorbesc cu un operator', 'vorbi cu un operator', 'persoană reală',
      'sunați mă', 'sunati ma',
    ],
    polite: [
      'bună', 'bună ziua', 'buna ziua', 'bună seara', 'salut', 'vă rog', 'va rog', 'te rog', 'mulțumesc', 'multumesc',
      'mersi', 'cu stimă',
    ],
  },
  ar: {
    stop: [
      'إلغاء', 'الغاء', 'إلغاء الاشتراك', 'الغاء الاشتراك', 'توقف', 'توقفوا', 'توقفوا عن مراسلتي', 'لا تراسلوني',
      'لا ترسلوا لي رسائل', 'لا أريد رسائل', 'أوقفوا الرسائل',
    ],
    person: [
      'التحدث مع شخص', 'التحدث مع موظف', 'التحدث إلى شخص', 'التحدث إلى موظف', 'التحدث مع إنسان', 'شخص حقيقي', 'اتصلوا بي',
    ],
    polite: ['مرحبا', 'السلام عليكم', 'من فضلك', 'من فضلكم', 'لو سمحت', 'لو سمحتم', 'شكرا', 'شكرا جزيلا'],
  },
};

/** Primary languages whose words are known. */
export const WISH_LANGUAGES: readonly string[] = ['en', ...Object.keys(OTHERS)];

/** What counts in messages that answer a template of a language: English, and the language's own. */
export function wishesIn(language: string | undefined): PreparedWishes {
  const own = language?.toLowerCase().split('-')[0] ?? '';
  const primary = Object.hasOwn(OTHERS, own) ? own : 'en';
  const known = prepared.get(primary) ?? prepare(OTHERS[primary]);
  prepared.set(primary, known);
  return known;
}

/** Made once for each language of the lists. */
const prepared = new Map<string, PreparedWishes>();

function prepare(other: Wishes | undefined): PreparedWishes {
  const both = (kind: keyof Wishes) => [...ENGLISH[kind], ...(other?.[kind] ?? [])];
  return {
    stop: new Set(both('stop')),
    person: both('person'),
    polite: both('polite').sort((one, another) => another.length - one.length),
  };
}
