/** What a person is told once who wants no more messages, by primary language. */
interface Confirmation {
  /** Also the subject of a mail. */
  readonly stopped: string;
  readonly again: string;
}

const ENGLISH: Confirmation = {
  stopped: 'You will get no more messages from us', again: 'To allow them again, write START.',
};

const CONFIRMATIONS: Readonly<Record<string, Confirmation>> = {
  en: ENGLISH,
  de: {
    stopped: 'Sie erhalten keine Nachrichten mehr von uns', again: 'Wenn Sie wieder welche möchten, schreiben Sie START.',
  },
  fr: {
    stopped: 'Vous ne recevrez plus de messages de notre part', again: 'Pour en recevoir à nouveau, écrivez START.',
  },
  es: { stopped: 'No recibirá más mensajes nuestros', again: 'Para volver a recibirlos, escriba START.' },
  it: { stopped: 'Non riceverà più nostri messaggi', again: 'Per riceverli di nuovo, scriva START.' },
  pt: { stopped: 'Não receberá mais mensagens nossas', again: 'Para voltar a recebê-las, escreva START.' },
  nl: { stopped: 'U ontvangt geen berichten meer van ons', again: 'Schrijf START als u ze weer wilt ontvangen.' },
  pl: { stopped: 'Nie będzie już wiadomości od nas', again: 'Aby znów je otrzymywać, proszę napisać START.' },
  sv: { stopped: 'Du får inga fler meddelanden från oss', again: 'Skriv START om du vill få dem igen.' },
  tr: { stopped: 'Bizden artık mesaj almayacaksınız', again: 'Yeniden almak için START yazın.' },
  ru: { stopped: 'Вы больше не будете получать от нас сообщений', again: 'Чтобы получать их снова, напишите START.' },
  ro: { stopped: 'Nu veți mai primi mesaje de la noi', again: 'Pentru a le primi din nou, scrieți START.' },
  ar: { stopped: 'لن تصلك رسائل منا بعد الآن', again: 'لاستقبالها من جديد، اكتب START.' },
};

/** The fixed words in the template's language, or in English where they are not written in it. */
export function stopConfirmation(language: string | undefined): { readonly subject: string; readonly text: string } {
  const primary = language?.toLowerCase().split('-')[0] ?? '';
  const { stopped, again } = Object.hasOwn(CONFIRMATIONS, primary) ? (CONFIRMATIONS[primary] ?? ENGLISH) : ENGLISH;
  return { subject: stopped, text: `${stopped}. ${again}` };
}
