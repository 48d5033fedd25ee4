import { lazyPattern } from '../claims/lazy-pattern';
import type { FoundWords } from './find-promises';

/** What nobody should give away because a message asks for it, by language. */
const SECRETS = 'pass ?codes?|passwords?|pins?|pin codes?|one[- ]time (?:codes?|passwords?)|security codes?|cvv|cvc|'
  + 'verification codes?|login details|passwor[td]e?|kennwort|tan|sicherheitscode|mot de passe|code secret|contraseña|'
  + 'clave|código de seguridad|codice di sicurezza|senha|palavra-passe|wachtwoord|pincode|hasło|lösenord|şifre\\p{L}*|'
  + 'пароль|код из смс';
const GIVE = 'confirm|send|reply|tell|give|share|enter|provide|forward|text|type|read out|bestätigen|senden|schicken|'
  + 'nennen|confirme[rz]?|envoye[rz]|donne[rz]|confirm[ea]|envíe|mande|comunichi|invii|confirme|envie|bevestig\\p{L}*|'
  + 'stuur|geef|podaj|podać|wyślij|bekräfta|skicka|onayla\\p{L}*|gönder\\p{L}*|подтвердите|отправьте|сообщите';

const ASKED = lazyPattern(() => new RegExp(
  `(?<!\\p{L})(?:${GIVE})(?!\\p{L})[^.!?\\n]{0,40}(?<!\\p{L})(?:${SECRETS})(?!\\p{L})|(?:密码|验证码|暗証番号|パスワード|비밀번호).{0,8}(?:告诉|发送|提供|回复|送って|教えて|보내|알려)`,
  'giu',
));

/** Requests for a secret of the recipient. */
export function secretsAskedFor(text: string): readonly FoundWords[] {
  return [...text.matchAll(ASKED())].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
