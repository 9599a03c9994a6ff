/* What the theme's scripts leave out for those who use a keyboard, a screen reader or a narrow window. */
(() => {
  /* What is too wide scrolls in a box of its own; only then is the box a stop for the Tab key. */
  const BOXES = ".pfpp-table, .pfpp-scroll, .pst-scrollable-table-container, pre, .cell_output > .output";
  const scrolls = (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  const measure = (box) => {
    box.tabIndex = scrolls(box) ? 0 : -1;
    if (box.localName !== "pre") return;
    for (const [name, value] of [["role", "group"], ["aria-label", "Code that scrolls"]]) {
      if (scrolls(box)) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  const watchBoxes = () => {
    const sizes = new ResizeObserver((seen) => {
      for (const { target } of seen) measure(target.closest(BOXES) ?? target);
    });
    for (const box of document.querySelectorAll(BOXES)) {
      sizes.observe(box);
      if (box.firstElementChild) sizes.observe(box.firstElementChild);
      measure(box);
    }
  };

  /* The theme takes the focus away from a button once it is pressed. */
  const keepFocus = () => {
    for (const button of document.querySelectorAll(".theme-switch-button, .search-button, .sidebar-toggle")) {
      button.blur = () => {};
    }
  };

  /* The button for colours says which are in use. */
  const tellColours = () => {
    const page = document.documentElement;
    const tell = () => {
      const name = `Colour mode: ${page.dataset.mode === "auto" ? "as the system's" : page.dataset.mode}`;
      for (const button of document.querySelectorAll(".theme-switch-button")) {
        button.setAttribute("aria-label", name);
        button.title = name;
      }
    };
    new MutationObserver(tell).observe(page, { attributeFilter: ["data-mode"] });
    tell();
  };

  /* On a wide screen the button for the menu hides or shows it; on a narrow one it opens a dialog. */
  const tellMenu = () => {
    const menu = document.getElementById("pst-primary-sidebar");
    const button = document.querySelector(".primary-toggle");
    if (!menu || !button) return;
    const wide = matchMedia("(min-width: 992px)");
    const tell = () => {
      button.toggleAttribute("aria-haspopup", false);
      button.toggleAttribute("aria-expanded", false);
      if (wide.matches) button.setAttribute("aria-expanded", !menu.classList.contains("pst-sidebar-hidden"));
      else button.setAttribute("aria-haspopup", "dialog");
    };
    new MutationObserver(tell).observe(menu, { attributeFilter: ["class"] });
    wide.addEventListener("change", tell);
    document.querySelector(".secondary-toggle")?.setAttribute("aria-haspopup", "dialog");
    tell();
  };

  /* A link in a dialog to a place on the page closes the dialog that would cover it. */
  const closeOnChoice = () => {
    document.addEventListener("click", ({ target }) => {
      const link = target.closest?.('dialog[open] a[href^="#"]');
      if (link) link.closest("dialog").close();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    watchBoxes();
    keepFocus();
    tellColours();
    tellMenu();
    closeOnChoice();
  });
})();
