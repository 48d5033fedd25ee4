/**
 * Words by which a message promises, advises or judges, by language; closed lists, small letters. `*` stands for any
 * ending. What the facts or the
 * template say in any form may be said.
 */
export const PROMISES: Readonly<Record<string, string>> = {
  en: [
    'definitely',
    'certainly',
    'surely',
    'undoubtedly',
    'guarantee*',
    'we promise',
    'promise you',
    'i promise',
    'promised',
    'assure you',
    'rest assured',
    '(?:without (?:a )?|no )doubt',
    'for sure',
    "(?:we are|we're|i am|i'm|you can be) (?:sure|certain|confident|convinced|positive)",
    "(?:do not|don't|no need to|nothing to|never) worry",
    'worry[- ]free',
    'whatever happens',
    'no matter what',
    'trust us',
    "(?:you|he|she|it|they|we|everything|all)(?:'ll| will)(?: \\p{L}+){0,2} (?:win|succeed|love|enjoy|get the|get "
      + 'your|regret|be '
      + '(?:fine|perfect|wonderful|fantastic|amazing|great|happy|delighted|pleased|safe|healthy|hired|approved|selected|protected|successful|the perfect|all right|ok|as good as new|cured|better|a (?:great|perfect|huge)))',
    "(?:you'll|you will) (?:not|never) (?:feel|regret|notice|be disappointed|have to)",
    'will (?:fix|solve|cure|heal|sort out|take care of) (?:everything|it|this|that|all|the problem|your problem)',
    '(?:will|you\'ll) never (?:forget|happen again|regret|have (?:to|problems))',
    'without (?:any )?(?:problems?|trouble|complications?)',
    'will (?:soon |surely |easily )?(?:succeed|win|ace|be yours|be like new|run (?:smoothly|perfectly)|approve everything|'
      + 'change (?:your life|lives)|be (?:fully |completely )?(?:healed|cured|fixed for good|as good as new))',
    'will not hurt',
    "won't hurt",
    'will pass',
    'go(?:es)? away (?:by|on) (?:itself|themselves|its own|their own)',
    'harmless',
    'benign',
    'risk[- ]free',
    'painless',
    'pain[- ]free',
    'no risk',
    'no side effects',
    'nothing serious',
    'perfectly (?:safe|healthy|normal|fine)',
    'completely (?:safe|healthy|normal|fine|secure)',
    'fully (?:protected|covered|refund*)',
    'money[- ]back',
    'your money back',
    'refund*',
    'reimburs*',
    'compensat*',
    'voucher*',
    'discount*',
    'free of charge',
    'for free',
    'bonus*',
    'upgrade*',
    'waive*',
    'on the house',
    'at no (?:extra |additional )?cost',
    'special (?:price|offer)',
    'save (?:a lot|money|up to)',
    'goodwill',
    'exception for you',
    'priority',
    'pay for the',
    'we will (?:cover|replace|match)',
    '(?:we|i|would) (?:strongly |highly )?(?:recommend|advise|suggest)(?! (?:to )?you contact)',
    'you (?:should|ought to|had better)(?: also| really| immediately| now)? '
      + '(?:start|stop|take|avoid|replace|invest|buy|sell|consider|try|increase|reduce|not|switch|drink|eat|rest|change|accept|sign|see)',
    'best to',
    'excellent',
    'amazing',
    'fantastic',
    'wonderful',
    '(?:truly|simply|really|absolutely|quite) outstanding',
    'outstanding (?:service|quality|work|results?|job|care|team|value|performance|food|views?|experience|candidate|opportunity|reviews?)',
    'unforgettable',
    'brilliant',
    'impressive',
    'impressed',
    '(?:the|our|your|a) (?:very )?(?:best|perfect|ideal|safest|cheapest|finest|strongest)(?! (?:wishes|regards|of '
      + 'luck|time to|way to|number to|before))',
    'great (?:fit|choice|opportunity|candidate|deal|chance|value)',
    'strong candidate',
    'night of your life',
    'second to none',
    'world-class',
    'safe (?:neighbourhood|area|investment)',
    'is yours',
    'perfect dog',
    'highly likely',
    'most likely',
    'very likely',
    'in no time',
    'as soon as possible',
    'high chance',
    'good chance*',
    'chances are',
  ].join('|'),
  de: 'wie neu|umwerfend|wohlfühlen|schaffen das schon|schaffst du|völlig (?:schmerzfrei|sicher)|garantier*|versprech*|verspricht|versprochen|bestimmt|sicherlich|ganz sicher|mit sicherheit|auf jeden '
    + 'fall|zweifellos|ohne zweifel|keine '
    + 'sorge*|unbesorgt|gutschein*|rabatt*|kostenlos*|gratis|umsonst|erstatt*|entschädig*|kulanz|schmerzfrei*|schmerzlos|harmlos*|ungefährlich|unbedenklich|gesund werden|empfehlen|wir raten|raten ihnen|sie sollten|perfekt*|hervorragend*|ausgezeichnet*|unvergesslich*|großartig*|fantastisch*|bestens geeignet|werden (?:sie )?(?:lieben|gewinnen|begeistert)|überzeugt',
  fr: "n'ayez (?:aucune crainte|aucune inquiétude|crainte)|sera comme neu*|serez (?:absolument )?ravi*|à coup sûr|(?<!(?:de|la|sous|une|votre|notre|sa) )garanti*|promet*|promis|certainement|c'est certain|c'est sûr|sûrement|sans (?:aucun "
    + ")?doute|assurément|inquiétez pas|pas d'inquiétude|soyez (?:rassuré*|tranquille)|remise*|bon "
    + "d'achat|gratuit*|offert*|rembours*|dédommag*|indemnis*|sans risque|guéri*|bénin*|nous vous "
    + '(?:recommandons|conseillons)|vous devriez|parfait*|excellent*|inoubliable*|meilleur*(?! '
    + 'vœux)|magnifique*|vous adorerez|nous sommes (?:sûrs|certains|convaincus)',
  es: 'se lo (?:aseguro|garantizo)|aseguramos que|lo pasará (?:genial|de maravilla)|es suy[oa], seguro|quedará encantad*|no volverá a ocurrir|garantiz*|garantic*|garantid*|promet*|seguro que|seguramente|sin (?:ninguna )?duda|no se preocup*|no te preocup*|todo '
    + 'saldrá|saldrá bien|descuento*|gratis|gratuit*|reembols*|devolveremos|compens*|indemniz*|sin '
    + 'riesgo*|recomendamos|aconsejamos|debería*|perfect*|excelente*|inolvidable*|el mejor|la '
    + 'mejor|encantará|inofensiv*|estamos segur*|con toda seguridad',
  it: 'stia? tranquill*|non sentirà (?:nulla|niente)|resterà sicurament*|sarà entusiasta|garanti*|promett*|sicuramente|certamente|senza (?:alcun )?dubbio|non si preoccup*|non preoccup*|andrà tutto '
    + 'bene|sconto|sconti|gratis|gratuit*|rimbors*|risarc*|senza '
    + 'rischi*|consigliamo|raccomandiamo|dovrebbe*|perfett*|eccellent*|indimenticabil*|il migliore|la '
    + 'migliore|siamo (?:sicuri|certi)|innocu*|diventerà',
  pt: 'fique (?:descansad*|tranquil*)|vai ficar resolvid*|vai adorar|vai passar de ano|garanti(?:mos|r|d)*|garante*|promet*|certamente|com certeza|sem (?:qualquer )?dúvida|não se preocup*|estar descansad*|vai correr '
    + 'bem|desconto*|grátis|gratuit*|reembols*|compens*|indemniz*|indeniz*|sem '
    + 'risco*|recomendamos|aconselhamos|deveria*|perfeit*|excelente*|inesquecíve*|o melhor|a melhor|pagar '
    + 'todos|temos a certeza',
  nl: 'als nieuw|zult tevreden|komt goed|gegarandeerd|garande*|gegarandeerd*|belov*|beloof*|beloofd|zeker|ongetwijfeld|geen '
    + 'zorgen|korting*|gratis|vergoed*|terugbetal*|geld terug|pijnloos|onschuldig|ongevaarlijk|raden (?:u|je) '
    + 'aan|aanraden|zou moeten|perfect*|uitstekend*|onvergetelijk*|de beste|het beste|geweldig*|overtuigd',
  pl: 'będzie pan[ia]? zadowolon*|jak nowy|gwarantuj*|gwarantow*|obiecuj*|obiecać|na pewno|z pewnością|bez wątpienia|nie martwić|nie '
    + 'martw*|rabat*|zniżk*|gratis|bezpłatn*|darmow*|zwrot '
    + 'pieniędzy|odszkodow*|rekompensat*|zalecamy|polecamy|radzimy|powinien pan|powinna '
    + 'pani|doskonał*|idealn*|niezapomnian*|bezbolesn*|najlepsz*|wspaniał*|bezpieczn*',
  sv: 'garanter*|lova*|lovar|säkert|definitivt|utan tvekan|utan tvivel|oroa dig '
    + 'inte|rabatt*|gratis|kostnadsfri*|återbetal*|pengarna tillbaka|ersättning*|rekommender*|du '
    + 'borde|perfekt*|utmärkt*|oförglömlig*|smärtfri*|fantastisk*|ofarlig*|bästa(?! hälsningar)',
  da: 'garanter*|lover|helt sikkert|uden tvivl|bare rolig|rabat*|gratis|refunder*|pengene '
    + 'tilbage|erstatning*|anbefal*|du bør|perfekt*|uforglemmelig*|fantastisk*|smertefri*|ufarlig*',
  nb: 'garanter*|lover|helt sikkert|uten tvil|ta det med ro|rabatt*|gratis|refunder*|pengene '
    + 'tilbake|erstatning*|anbefal*|du bør|perfekt*|uforglemmelig*|fantastisk*|smertefri*|ufarlig*',
  tr: 'garanti (?:ed|ver)*|söz ver*|kesinlikle|mutlaka|şüphesiz|merak '
    + 'etme*|endişelenme*|indirim*|ücretsiz*|bedava|tazminat*|öneririz|öneriyoruz|tavsiye '
    + 'ed*|mükemmel*|unutulmaz*|en iyi|harika*|zararsız*',
  ru: 'гарантиру*|гарантиров*|обеща*|обязательно|несомненно|без сомнени*|не волнуйтесь|не беспокойтесь|не '
    + 'переживайте|скидк*|бесплатн*|компенс*|возмест*|верн[её]м деньги|рекоменду*|советуем|вам '
    + 'следует|идеальн*|отличн*|незабываем*|выздоров*|безопасн*|наверняка|лучш*|безвредн*',
  uk: "гаранту*|обіця*|обов'язково|безсумнівно|не "
    + 'хвилюйтеся|знижк*|безкоштовн*|компенс*|рекоменду*|радимо|ідеальн*|чудов*|найкращ*',
  cs: 'garantuj*|slibuj*|určitě|bez pochyby|nebojte se|sleva|slevu|zdarma|odškodn*|vrácení peněz|doporučuj*|měl '
    + 'byste|perfektní*|skvěl*|nezapomenuteln*|bezbolestn*',
  ar: 'نضمن|ضمان*|نعدك*|بالتأكيد|حتما|لا تقلق*|مجان*|خصم*|استرداد|تعويض*|ننصح*|الأفضل|مثالي*|بلا شك',
  zh: '保您满意|以后不会再|一定|保证|承诺|一定会|一定能|肯定|绝对|放心|不用担心|不必担心|免费|退款|赔偿|补偿|折扣|优惠|建议您|最好的|最佳|完美|无害',
  ja: 'ご満足(?:いただけ|頂け)|必ずご|保証|約束|絶対|きっと|間違いなく|ご安心|心配(?:ありません|いりません|ございません|無用)|無料|返金|割引|補償|おすすめ|お勧め|最高|完璧|必ず(?:治り|合格|成功|満足|届|喜)',
  ko: '보장|약속드|반드시|틀림없이|확실히|걱정하지|걱정 마|무료|환불|할인|보상|추천|최고|완벽',
  hi: 'गारंटी|वादा|ज़रूर|निश्चित*|चिंता न|मुफ्त|छूट|रिफंड|मुआवजा|सबसे अच्छ*',
};

/**
 * Beginnings of words that say the same in different languages, without accents: facts in English prove them in others.
 */
export const SAME_IN_LANGUAGES: readonly string[] = [
  'guarant warrant garant garanz gwaranc гаранти 保证 保証 保修 보장',
  'free gratis gratuit kostenlos kostenfrei unentgelt bezplatn bezpłatn ucretsiz бесплатн безкоштовн offert omaggio 免费 無料 무료 مجان',
  'refund reimburs rembours reembols rimbors erstatt terugbetal terugstort zwrot aterbetal pengarna pengene refusion iade возврат возмещ 退款 返金 환불 استرداد',
  'discount rabatt rabat remise descuento desconto scont korting znizk indirim скидк знижк 折扣 优惠 割引 할인 خصم',
  'voucher gutschein bon vale buono cadeaubon kupon presentkort ваучер',
  'recommend recomend raccomand empfehl empfiehl anbefal aanbevel zalec rekomend rekommend tavsiye oner рекоменд 建议 おすすめ 추천',
  'compens indemn entschadig dedommag risarc vergoed odszkod ersattning erstatning tazminat компенс 赔偿 補償 보상',
  'upgrade priority premium', 'cover insur versicher assur asegur cubier coper verzeker ubezpiecz forsakr sigorta',
];
