/** Files and whole folders let go over the page. */

/** @typedef {import("./start.js").Take} Take */

/** What is taken out of a folder; a file that is dropped by itself is always taken. */
const READABLE = /^[^.].*\.(jpe?g|png|bmp|webp|gif|tiff?|pdf|heic|heif|avif)$/i;

/** Folders in folders are followed so deep, and so many files are looked at. */
const DEEPEST = 8;
const MOST = 5000;

/** "2.jpg" before "10.jpg". */
const { compare } = new Intl.Collator(undefined, { numeric: true });

/** @param {Take} take */
export function startDropping(take) {
  const veil = (/** @type {boolean} */ on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    veil(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) veil(false);
  });
  document.addEventListener("drop", (event) => {
    veil(false);
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    takeDropped(event.dataTransfer, take);
  });
}

/**
 * @param {DataTransfer} held Emptied by the browser after the event: it is read at once.
 * @param {Take} take
 */
async function takeDropped(held, take) {
  const files = [...held.files];
  const entries = [...held.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return take(files);
  const found = { files: /** @type {File[]} */ ([]), leftOut: 0 };
  for (const entry of entries) if (entry) await gather(entry, found, 0);
  take(found.files, found.leftOut);
}

/**
 * @param {FileSystemEntry} entry
 * @param {{files: File[], leftOut: number}} found
 * @param {number} depth
 */
async function gather(entry, found, depth) {
  if (entry.isDirectory) {
    if (depth > DEEPEST) return;
    const inside = await entriesOf(/** @type {FileSystemDirectoryEntry} */ (entry));
    inside.sort((one, other) => compare(one.name, other.name));
    for (const each of inside) await gather(each, found, depth + 1);
  } else if ((depth === 0 || READABLE.test(entry.name)) && found.files.length < MOST) {
    const file = await fileOf(/** @type {FileSystemFileEntry} */ (entry));
    if (file) found.files.push(file);
  } else found.leftOut += 1;
}

/**
 * Browsers hand out a folder in parts; an empty one says that there is no more.
 * @param {FileSystemDirectoryEntry} folder
 * @returns {Promise<FileSystemEntry[]>}
 */
async function entriesOf(folder) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0 || all.length > MOST) return all;
    all.push(...some);
  }
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File | null>} null for a file that cannot be opened.
 */
function fileOf(entry) {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}
