/** Documents and large files: announced, uploaded, read page by page, fetched. */
import { ApiError, apiUrl, ask, askJson, checkAnswer, errorOf, jsonOf, keyHeader } from "./api.js";
import { readEvents } from "./events.js";
import { pause } from "./patience.js";
import { post } from "./post.js";

/**
 * @typedef {{done: number, total: number | null}} Progress
 * @typedef {{sent: (part: number) => void, progress: (progress: Progress) => void}} Report
 * @typedef {{job_id: string, state: "waiting" | "running" | "succeeded" | "failed",
 *   pages_done: number, pages_total: number | null, results: Record<string, string>,
 *   error: {code: string, message: string, message_zh: string} | null}} Shown
 */

/** Milliseconds between two looks at a job: short at first, then longer, for each costs a call. */
const FIRST_LOOK = 250;
const LAST_LOOK = 2500;
const SLOWER = 1.3;

/** A job goes on while nobody can look at it; after so many vain looks in a row it is given up. */
const VAIN_LOOKS = 12;

/**
 * @param {File} file
 * @param {Record<string, string>} options
 * @param {string} key
 * @param {AbortSignal} signal Withdraws the job.
 * @param {Report} report
 */
export async function readAsJob(file, options, key, signal, report) {
  const told = { name: file.name || "file", type: file.type, size: file.size, options };
  const headers = { ...keyHeader(key), "content-type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(told), signal };
  const { job_id: jobId, upload } = await askJson(apiUrl("api/jobs"), request);
  if (!jobId || !upload?.url) throw new ApiError("bad_answer", { status: 202 });
  try {
    await send(file, upload, signal, report.sent);
    const { results } = await watch(jobId, key, signal, report.progress);
    const from = { status: 200, header: () => null };
    const answer = checkAnswer(await askJson(results.json, { signal }), from);
    return { answer, results, jobId };
  } catch (error) {
    withdraw(jobId, key);
    throw error;
  }
}

/**
 * Let the service forget a job; nobody waits for it, and a tab that closes does not keep it.
 * @param {string} jobId
 * @param {string} key
 */
export function withdraw(jobId, key) {
  const request = { method: "DELETE", headers: keyHeader(key), keepalive: true };
  fetch(apiUrl(`api/jobs/${jobId}`), { credentials: "omit", ...request }).catch(() => {});
}

/**
 * @param {File} file
 * @param {{url: string, fields: Record<string, string>}} upload
 * @param {AbortSignal} signal
 * @param {(part: number) => void} sent
 */
async function send(file, { url, fields }, signal, sent) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  // Last: a bucket ignores what comes behind the file.
  body.append("file", file, file.name || "file");
  const answered = await post(new URL(url, apiUrl("")).href, body, {}, signal, sent);
  if (!answered) throw new ApiError("upload_failed");
  if (answered.status < 300) return;
  const answer = jsonOf(answered.text);
  if (answer?.error?.code) throw errorOf(answer, answered);
  throw new ApiError("upload_failed", { status: answered.status });
}

/**
 * Look at a job until it has ended.
 * @param {string} jobId
 * @param {string} key
 * @param {AbortSignal} signal
 * @param {(progress: Progress) => void} tell
 */
async function watch(jobId, key, signal, tell) {
  tell({ done: 0, total: null });
  const see = (/** @type {Shown} */ shown) =>
    tell({ done: shown.pages_done, total: shown.pages_total });
  let vain = 0;
  for (let wait = FIRST_LOOK; ; wait = Math.min(LAST_LOOK, wait * SLOWER)) {
    await pause(wait, signal);
    const looking = look(jobId, key, signal, vain === 0, see);
    const shown = await looking.catch((error) => passing(error, (vain += 1), signal));
    if (!shown) continue;
    vain = 0;
    if (shown.state === "succeeded") return shown;
    if (shown.state === "failed") throw failure(shown);
  }
}

/**
 * Once, or where the service tells each step by itself, as long as it tells.
 * @param {string} jobId
 * @param {string} key
 * @param {AbortSignal} signal
 * @param {boolean} listen Whether to ask for each step.
 * @param {(shown: Shown) => void} see
 * @returns {Promise<Shown | null>} What was seen last.
 */
async function look(jobId, key, signal, listen, see) {
  const headers = { ...keyHeader(key), accept: listen ? "text/event-stream" : "application/json" };
  const response = await ask(apiUrl(`api/jobs/${jobId}`), { headers, signal });
  /** @type {Shown | null} */
  let last = null;
  const take = (/** @type {Shown & {code?: string}} */ shown) => {
    if (!shown.state) throw new ApiError(shown.code ?? "bad_answer", { status: response.status });
    last = shown;
    see(shown);
  };
  const told = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (told) await readEvents(response, take);
  else take(await response.json());
  return last;
}

/**
 * A network that is gone for a moment, a stream that breaks off, or a service that restarts or has
 * listeners enough ends no job.
 * @param {unknown} error
 * @param {number} vain
 * @param {AbortSignal} signal
 * @returns {null}
 */
function passing(error, vain, signal) {
  const said = error instanceof ApiError && error.code !== "network" ? error.status : 0;
  const passes = said === 0 || said === 429 || said >= 500;
  if (passes && !signal.aborted && vain < VAIN_LOOKS) return null;
  if (!(error instanceof ApiError) && !signal.aborted) throw new ApiError("network");
  throw error;
}

/** @param {Shown} shown */
function failure({ error }) {
  if (!error) return new ApiError("internal");
  return new ApiError(error.code, { words: { en: error.message, zh: error.message_zh } });
}
