/** Fields of a form at most: SendGrid documents 20, beside one for each attachment of a mail that it took apart. */
const MOST_FIELDS = 200;

/**
 * The text fields of a `multipart/form-data` body by their names, the first of each. A character of a value stands for
 * one byte, since a mail may be in any character set. Undefined if the body is not of that form.
 */
export async function formFields(body: Buffer, contentType: string): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    // The parser takes values for UTF-8. Written so, every byte of the body comes back as one character.
    const asCharacters = Buffer.from(body.toString('latin1'), 'utf8');
    const form = await new Response(asCharacters, { headers: { 'content-type': contentType } }).formData();
    const fields = new Map<string, string>();
    for (const [name, value] of form) {
      if (fields.size >= MOST_FIELDS) break;
      if (typeof value === 'string' && !fields.has(name)) fields.set(name, value);
    }
    return fields;
  } catch {
    return undefined;
  }
}
