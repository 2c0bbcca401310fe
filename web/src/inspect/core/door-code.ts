// The ten characters on a shop's door, as a QR code holds them and as people type them.

/**
 * The code in what was scanned or typed, in its normal form: of an address what follows `/s/`, else the text itself. Empty for
 * an address that leads elsewhere.
 */
export function doorCodeIn(text: string): string {
  const trimmed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return normalDoorCode(trimmed.replace(/^\/?s\//, ''));
  const [, code] = /\/s\/([^/?#]+)\/?(?:[?#].*)?$/.exec(trimmed) ?? [];
  return code === undefined ? '' : normalDoorCode(decoded(code));
}

/** As the server reads it: full-width to ASCII, upper case, blanks and hyphens dropped, I and L as 1, O as 0. */
export function normalDoorCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/[IL]/g, '1')
    .replaceAll('O', '0');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
