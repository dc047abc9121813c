/**
 * The shapes that the parts of the page hand to each other; nothing runs here.
 *
 * @typedef {import("./api.js").Answer} Answer
 * @typedef {import("./api.js").ApiError} ApiError
 * @typedef {{en: Record<string, string>, zh: Record<string, string>}} Lexicon
 *
 * An area in pixels of the picture as displayed: [x, y, width, height].
 * @typedef {[number, number, number, number]} Area
 *
 * What was drawn on a picture: the one area to read, and those to leave out.
 * @typedef {{region: Area | null, ignore: Area[]}} Areas
 *
 * @typedef {"waiting" | "sending" | "reading" | "done" | "failed" | "cancelled"} Status
 *
 * Pages read of a document; `total` is null until they are counted.
 * @typedef {{done: number, total: number | null}} Progress
 *
 * A file of the queue. Items are replaced, never changed: `{...item, status: "done"}`.
 *
 * `image` is null for what this browser cannot show (PDF, TIFF, damaged files). `options` are the
 * fields that its answer was asked with. `sent` is how much of it has left, from 0 to 1; null where
 * that is not known. `held` is true while a busy service is given time. `scale` is the sent
 * picture's size over the file's. `edits` is line index (in `answer.text`) to the text that a
 * person put in its place. `results` are a job's addresses by format; null where there was no job.
 * @typedef {{id: string, file: File, image: HTMLImageElement | null, status: Status,
 *   sent: number | null, held: boolean, progress: Progress | null, answer: Answer | null,
 *   error: ApiError | null, scale: number, options: Record<string, string>, areas: Areas,
 *   edits: ReadonlyMap<number, string>, results: Record<string, string> | null,
 *   jobId: string | null}} Item
 */

export {};
