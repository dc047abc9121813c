/** Server-sent events out of an answer. (EventSource cannot send the header with the key.) */

/**
 * @param {Response} response
 * @param {(data: any) => void} see Told the data of each event, which is JSON.
 */
export async function readEvents(response, see) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = /^data: ?(.*)$/m.exec(block);
      if (data) see(JSON.parse(data[1]));
    }
  }
}
