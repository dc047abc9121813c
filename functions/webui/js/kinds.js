/** What a file is, by its first bytes: names lie, and what is dropped may have none. */

/** @type {[string, RegExp][]} */
const MARKS = [
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/png", /^\x89PNG\r\n\x1a\n/],
  ["image/gif", /^GIF8[79]a/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/bmp", /^BM/],
  ["image/tiff", /^(II\*\0|MM\0\*|II\+\0|MM\0\+)/],
  ["image/heic", /^[^]{4}ftyp(hei|hev|mif1|msf1)/],
  ["application/pdf", /%PDF-/],
];

/** So far into a file the mark of a PDF may stand. */
const HEAD = 1024;

/**
 * @param {Blob} file
 * @returns {Promise<string>} A media type, or "" for anything else.
 */
export async function kindOf(file) {
  const head = await latin1(file.slice(0, HEAD));
  return MARKS.find(([, mark]) => mark.test(head))?.[0] ?? "";
}

/**
 * A letter a byte. (TextDecoder's "latin1" is Windows-1252, whose letters are not the bytes.)
 * @param {Blob} blob A small one.
 */
async function latin1(blob) {
  return String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()));
}
