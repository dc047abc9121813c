/** How many pages a document seems to have, told before it is sent. */

/** A larger PDF is not searched; it has pages enough. */
const SEARCHED = 32 * 1024 * 1024;

/**
 * @param {Blob} file
 * @param {string} kind Its media type.
 * @param {number} enough Where to stop counting.
 * @returns {Promise<number | null>} null where the file does not show it.
 */
export async function countPages(file, kind, enough) {
  if (kind === "application/pdf") return countPdf(file);
  return kind === "image/tiff" ? countTiff(file, enough) : 1;
}

/**
 * Pages that stand in the file as such; packed ones (object streams) cannot be seen from here.
 * @param {Blob} file
 */
async function countPdf(file) {
  if (file.size > SEARCHED) return null;
  const text = new TextDecoder("latin1").decode(await file.arrayBuffer());
  return text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? null;
}

/**
 * The directories of a TIFF hang on each other, a page each (TIFF 6.0, section 2).
 * @param {Blob} file
 * @param {number} enough
 */
async function countTiff(file, enough) {
  const head = await view(file, 0, 8);
  if (head.byteLength < 8) return null;
  const little = head.getUint8(0) === 0x49;
  if (head.getUint16(2, little) !== 42) return null;
  let pages = 0;
  for (let at = head.getUint32(4, little); at > 0 && pages < enough; pages += 1) {
    const size = await view(file, at, 2);
    if (size.byteLength < 2) break;
    const next = await view(file, at + 2 + 12 * size.getUint16(0, little), 4);
    at = next.byteLength < 4 ? 0 : next.getUint32(0, little);
  }
  return pages || null;
}

/**
 * @param {Blob} file
 * @param {number} at
 * @param {number} length
 */
async function view(file, at, length) {
  return new DataView(await file.slice(at, at + length).arrayBuffer());
}
