/** The answer as JSON, in the service's own shape, with a person's corrections in it. */

/** @typedef {import("./tree.js").Page} Page */
/** @typedef {import("../api.js").Answer} Answer */

/**
 * Lines that a person changed say `"edited": true`.
 * @param {Answer} answer
 * @param {Page[]} tree
 */
export function asJson(answer, tree) {
  const lines = tree.flatMap(({ blocks }) => blocks.flatMap((block) => block.lines));
  const text = lines.map((line) => ({
    ...answer.text[line.index],
    text: line.text,
    ...(line.edited ? { edited: true } : {}),
  }));
  const pages = (answer.pages ?? []).map((page) => amended(page, tree));
  return `${JSON.stringify({ ...answer, text, pages }, null, 2)}\n`;
}

/**
 * @param {import("../api.js").Page} page
 * @param {Page[]} tree
 */
function amended(page, tree) {
  const blocks = tree.find((one) => one.page === page.page)?.blocks;
  if (!blocks || blocks.length !== page.blocks?.length) return page;
  return {
    ...page,
    blocks: page.blocks.map((block, at) => {
      const kept = blocks[at];
      const lines = kept.lines.map(({ told, text, edited }) => {
        // The words of a line are those that were read: none fit a line that was changed.
        const { words, ...rest } = { words: undefined, ...told };
        return { ...rest, text, ...(words && !edited ? { words } : {}) };
      });
      return { ...block, lines, ...(block.cells ? { cells: kept.cells } : {}) };
    }),
  };
}
