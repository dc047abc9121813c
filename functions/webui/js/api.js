/** The service: where it is, what it offers, and a picture's way there and back. */
import { api } from "../config.js";

/**
 * @typedef {{zh: string, en: string}} Words
 * @typedef {{name: string, type: string, enum: string[] | null, default: unknown,
 *   min: number | null, max: number | null, title: Words, help: Words}} Option
 * @typedef {{bytes: number, pixels: number}} Limits
 * @typedef {{options: Option[], limits: Limits, inputs: string[]}} Offer
 * @typedef {[number, number]} Point
 * @typedef {{text: string, confidence: number, box?: Point[], page?: number, model?: string}} Line
 * @typedef {{text: string, confidence: number, box: Point[]}} Piece
 * @typedef {Piece & {words?: Piece[]}} BlockLine
 * @typedef {{row: number, col: number, row_span: number, col_span: number, text: string,
 *   box: Point[]}} Cell
 * @typedef {{type: string, box: Point[], lines: BlockLine[], cells?: Cell[]}} Block
 * @typedef {{page: number, width: number, height: number, angle: number, blocks?: Block[]}} Page
 * @typedef {{success: true, text: Line[], total_time: number, pages: Page[], profile: string,
 *   warnings: string[], timings?: Record<string, number>}} Answer
 */

/** A failure in the service's own words, or with a code that words.js knows. */
export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {{words?: Words, status?: number, requestId?: string}} [more]
   */
  constructor(code, { words, status, requestId } = {}) {
    super(words?.en ?? code);
    this.code = code;
    this.words = words ?? null;
    this.status = status ?? 0;
    this.requestId = requestId ?? "";
  }
}

/**
 * The address of an API path such as "api/ocr", whatever folder or host serves this page.
 * @param {string} path
 */
export function apiUrl(path) {
  const base = api === "" || api.endsWith("/") ? api : `${api}/`;
  return new URL(path, new URL(base, document.baseURI)).href;
}

/** @returns {Promise<Offer>} */
export async function fetchOffer() {
  const offer = await answerOf(await send(apiUrl("api/options")));
  if (!Array.isArray(offer.options)) throw new ApiError("bad_answer", { status: 200 });
  return offer;
}

/**
 * @param {Blob} blob
 * @param {string} name
 * @param {Record<string, string>} options
 * @param {string} key An API key, or "".
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export async function readPicture(blob, name, options, key, signal) {
  const body = new FormData();
  for (const [field, value] of Object.entries(options)) body.append(field, value);
  body.append("image", blob, name);
  /** @type {Record<string, string>} */
  const headers = key ? { "x-api-key": key } : {};
  const response = await send(apiUrl("api/ocr"), { method: "POST", body, headers, signal });
  const answer = await answerOf(response);
  if (!Array.isArray(answer.text)) throw new ApiError("bad_answer", { status: response.status });
  return answer;
}

/**
 * @param {string} url
 * @param {RequestInit} [request]
 */
async function send(url, request) {
  try {
    return await fetch(url, { credentials: "omit", ...request });
  } catch (error) {
    if (request?.signal?.aborted) throw error;
    throw new ApiError("network");
  }
}

/** @param {Response} response */
async function answerOf(response) {
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  const error = answer?.error;
  if (!error?.code) throw new ApiError("bad_answer", { status: response.status });
  throw new ApiError(error.code, {
    words: { en: error.message, zh: error.message_zh ?? error.message },
    status: response.status,
    requestId: answer.request_id,
  });
}
