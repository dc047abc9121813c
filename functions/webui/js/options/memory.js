/** What was chosen, kept in this tab: loading the page again keeps it, closing the tab forgets it. */

/** @typedef {import("../api.js").Option} Option */

const STORED = "wenyun-options";

/** @returns {Record<string, string>} */
export function remembered() {
  try {
    const found = JSON.parse(sessionStorage.getItem(STORED) ?? "{}");
    return Object.fromEntries(
      Object.entries(found).filter(([, value]) => typeof value === "string"),
    );
  } catch {
    return {};
  }
}

/**
 * Passwords are kept nowhere.
 * @param {Record<string, string>} chosen
 * @param {Option[]} options
 */
export function remember(chosen, options) {
  const secret = options.filter(({ type }) => type === "password").map(({ name }) => name);
  const kept = Object.entries(chosen).filter(([name]) => !secret.includes(name));
  try {
    sessionStorage.setItem(STORED, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}
