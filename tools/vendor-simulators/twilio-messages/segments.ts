/** GSM 03.38 basic set and its extension, whose characters take two places. */
const GSM_BASIC = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENSION = '^{}\\[~]|€\f';

/** SMS segments that a carrier charges for a text. */
export function countSegments(text: string): number {
  const characters = [...text];
  const isGsm = characters.every((character) => GSM_BASIC.includes(character) || GSM_EXTENSION.includes(character));
  const places = isGsm ? characters.reduce((sum, character) => sum + (GSM_EXTENSION.includes(character) ? 2 : 1), 0) : text.length;
  const [single, multiple] = isGsm ? [160, 153] : [70, 67];
  return places <= single ? 1 : Math.ceil(places / multiple);
}
