/** A form on its way out. XMLHttpRequest, since fetch does not tell how much of it has left. */

/**
 * @typedef {(part: number) => void} Sent
 * @typedef {{status: number, text: string, header: (name: string) => string | null}} Answered
 */

/**
 * @param {string} url
 * @param {FormData} body
 * @param {Record<string, string>} headers
 * @param {AbortSignal} signal
 * @param {Sent} sent From 0 to 1; 1 once all has left and the answer is awaited.
 * @returns {Promise<Answered | null>} null where nobody answered; rejects where it was called off.
 */
export function post(url, body, headers, signal, sent) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && loaded < total) sent(loaded / total);
    });
    request.upload.addEventListener("load", () => sent(1));
    request.addEventListener("load", () => resolve(answered(request)));
    request.addEventListener("error", () => resolve(null));
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    signal.addEventListener("abort", stop);
    request.send(body);
  });
}

/**
 * @param {XMLHttpRequest} request
 * @returns {Answered}
 */
function answered(request) {
  return {
    status: request.status,
    text: request.responseText,
    header: (name) => request.getResponseHeader(name),
  };
}
