/** What was read before, kept in this browser alone: the newest entries, in an IndexedDB. */

/**
 * @typedef {{id: number, at: number, name: string, type: string, file: Blob | null,
 *   scale: number, options: Record<string, string>, answer: import("../types.js").Answer,
 *   edits: Array<[number, string]>}} Entry
 * @typedef {Omit<Entry, "id">} Draft
 */

const NAME = "wenyun-history";
const STORE = "entries";

/** Beyond these the oldest entries go. */
const MOST_ENTRIES = 100;
const MOST_BYTES = 100_000_000;

/** Of a larger file the words are kept, not the file. */
const LARGEST_FILE = 10_000_000;

/**
 * Newest first.
 * @returns {Promise<Entry[]>}
 */
export async function allEntries() {
  const entries = await within("readonly", (store) => store.getAll());
  return /** @type {Entry[]} */ (entries).reverse();
}

/**
 * @param {Draft} draft
 * @returns {Promise<number>} The entry's id.
 */
export async function keepEntry(draft) {
  const file = draft.file && draft.file.size <= LARGEST_FILE ? draft.file : null;
  const id = Number(await within("readwrite", (store) => store.add({ ...draft, file })));
  await trim();
  return id;
}

/** @param {Entry} entry */
export async function changeEntry(entry) {
  await within("readwrite", (store) => store.put(entry));
}

/** @param {number} id */
export async function dropEntry(id) {
  await within("readwrite", (store) => store.delete(id));
}

export async function clearEntries() {
  await within("readwrite", (store) => store.clear());
}

async function trim() {
  let bytes = 0;
  for (const [place, { id, file }] of (await allEntries()).entries()) {
    bytes += file?.size ?? 0;
    if (place >= MOST_ENTRIES || bytes > MOST_BYTES) await dropEntry(id);
  }
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} ask
 * @returns {Promise<unknown>} Rejects where the browser keeps nothing or has no room.
 */
async function within(mode, ask) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    const options = { keyPath: "id", autoIncrement: true };
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, options);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
