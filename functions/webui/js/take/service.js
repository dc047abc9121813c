/** Forms of the result that the service makes: searchable PDF, hOCR, ALTO. */
import { ApiError, apiUrl } from "../api.js";
import { currentKey } from "../options.js";
import { pack } from "../picture.js";

/** @typedef {import("../types.js").Item} Item */

/**
 * The file in another form, read again with the options of its answer.
 * @param {Item} item
 * @param {string} format
 * @param {import("../api.js").Limits | null} limits
 * @returns {Promise<Blob>}
 * @throws {ApiError}
 */
export async function fetchForm(item, format, limits) {
  const parcel = await pack({ file: item.file, image: item.image }, limits);
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...item.options, format })) body.append(name, value);
  body.append("image", parcel.blob, parcel.name);
  const key = currentKey();
  /** @type {Record<string, string>} */
  const headers = key ? { "x-api-key": key } : {};
  const request = { method: "POST", body, headers, credentials: /** @type {const} */ ("omit") };
  const response = await fetch(apiUrl("api/ocr"), request).catch(() => {
    throw new ApiError("network");
  });
  if (!response.ok) throw await failure(response);
  return response.blob();
}

/** @param {Response} response */
async function failure(response) {
  const answer = await response.json().catch(() => null);
  const { code, message, message_zh } = answer?.error ?? {};
  if (!code) return new ApiError("bad_answer", { status: response.status });
  const words = { en: message, zh: message_zh ?? message };
  return new ApiError(code, { words, status: response.status, requestId: answer.request_id });
}
