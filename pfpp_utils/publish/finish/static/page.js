/* What the theme does by scripts within the page, which the content security policy does not run. Loaded before
   the page is drawn, so that it does not flash in the wrong mode. */
(() => {
  const kept = (name) => {
    try {
      return localStorage.getItem(name) || "";
    } catch {
      return ""; // a browser that keeps nothing
    }
  };
  const root = document.documentElement;
  root.dataset.mode = kept("mode") || "auto";
  root.dataset.theme = kept("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-press]").forEach((button) => {
      button.addEventListener("click", () => window[button.dataset.press]());
    });
    document.querySelector(".bd-search-container form.bd-search input")?.select();
  });
})();
