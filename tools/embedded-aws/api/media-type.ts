/** Whether a media type is one of those that an API treats as binary; `*` stands for any part. */
export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const [type = '', subtype = ''] = mediaType?.split(';')[0]?.trim().toLowerCase().split('/') ?? [];
  if (type === '') return false;
  return binaryMediaTypes.some((written) => {
    const [wantedType, wantedSubtype] = written.toLowerCase().split('/');
    return (wantedType === '*' || wantedType === type) && (wantedSubtype === '*' || wantedSubtype === subtype);
  });
}
