/**
 * Runs before the page is drawn, so that a chosen theme does not flash in: a script of its own, since
 * modules wait. theme.js does the rest.
 */
(() => {
  try {
    const theme = localStorage.getItem("wenyun-theme");
    const dark = /** @type {HTMLLinkElement | null} */ (document.getElementById("dark"));
    if (!dark || (theme !== "dark" && theme !== "light")) return;
    dark.media = theme === "dark" ? "all" : "not all";
  } catch {
    // Storage may be forbidden: the system's theme then holds.
  }
})();
