/** A long list that is built while it is scrolled: a document of a thousand pages opens at once. */

/** Rows built at a time. */
const PART = 200;

/**
 * @param {HTMLElement} list
 * @param {number} count
 * @param {(index: number) => Node[]} build
 * @returns {{reach: (index: number) => void, stop: () => void}} `reach` builds up to a row.
 */
export function growing(list, count, build) {
  let built = 0;
  const watch = new IntersectionObserver((seen) => {
    if (seen.some(({ isIntersecting }) => isIntersecting)) reach(built + PART - 1);
  });

  /** @param {number} index */
  function reach(index) {
    if (built >= count || index < built) return;
    const end = Math.min(count, Math.max(index + 1, built + PART));
    const parts = Array.from({ length: end - built }, (_, at) => build(built + at)).flat();
    list.append(...parts);
    built = end;
    watch.disconnect();
    const last = list.lastElementChild;
    if (built < count && last) watch.observe(last);
  }

  list.replaceChildren();
  reach(0);
  return { reach, stop: () => watch.disconnect() };
}
