/* Filters and sorts the ledger, in the page and by keyboard. Without this script the table stands as it is. */
(() => {
  const LABELS = {
    reproduced: "Reproduced", rounded: "Reproduced within rounding", inconsistent: "Inconsistent",
    derived: "Derived here", not_reproducible: "Out of reach",
  };
  const words = (text) => (text.charAt(0).toUpperCase() + text.slice(1)).replaceAll("_", " ");

  const field = (label, control) => {
    const wrapped = document.createElement("label");
    wrapped.append(`${label} `, control);
    return wrapped;
  };

  const choice = (rows, key, name) => {
    const select = document.createElement("select");
    select.name = key;
    select.append(new Option("all", ""));
    const found = [...new Set(rows.map((row) => row.dataset[key]))];
    if (key === "status") found.sort((a, b) => Object.keys(LABELS).indexOf(a) - Object.keys(LABELS).indexOf(b));
    for (const value of found) select.append(new Option(name(value), value));
    return select;
  };

  const sortKey = (row, column, kind) => {
    if (kind === "order") return Number(row.dataset.order);
    const text = row.cells[column].textContent.trim();
    if (kind === "text") return text.toLowerCase();
    const number = text.replaceAll(",", "").match(/-?\d+(\.\d+)?/);
    return number ? Number(number[0]) : Infinity;
  };

  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "en") : a === b ? 0 : a < b ? -1 : 1);

  const enhance = (block) => {
    if (block.dataset.ready) return;
    block.dataset.ready = "yes";
    const table = block.querySelector("table");
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    // Laid out as cards on a phone, rows would no longer be told as a table: the roles keep them one.
    table.setAttribute("role", "table");
    for (const part of [table.tHead, body]) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const cell of table.querySelectorAll("td")) cell.setAttribute("role", "cell");
    for (const cell of table.querySelectorAll("tbody th")) cell.setAttribute("role", "rowheader");

    const form = document.createElement("form");
    form.className = "pfpp-filter";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Filter the ledger");
    const search = document.createElement("input");
    search.type = "search";
    search.name = "words";
    const selects = {
      status: choice(rows, "status", (value) => LABELS[value] ?? value),
      strand: choice(rows, "strand", words),
      section: choice(rows, "section", (value) => value),
    };
    const reset = document.createElement("button");
    reset.type = "reset";
    reset.textContent = "Show all";
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    count.className = "pfpp-count";
    form.append(field("Words", search), field("Verdict", selects.status), field("Strand", selects.strand),
      field("Section", selects.section), reset);
    block.querySelector(".pfpp-table").before(form, count);

    const filter = () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits = Object.entries(selects).every(([key, select]) => !select.value || row.dataset[key] === select.value)
          && wanted.every((word) => texts.get(row).includes(word));
        row.hidden = !fits;
        shown += fits;
      }
      count.textContent = `${shown} of ${rows.length} claims shown.`;
    };
    const all = () => { search.value = ""; for (const select of Object.values(selects)) select.value = ""; filter(); };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => { event.preventDefault(); all(); });

    const heads = [...table.tHead.rows[0].cells];
    const sort = (head, column) => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((row) => [sortKey(row, column, head.dataset.sort), row]);
      keyed.sort(([a, one], [b, two]) => (down ? compare(b, a) : compare(a, b)) || one.dataset.order - two.dataset.order);
      body.append(...keyed.map(([, row]) => row));
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", () => sort(head, column));
      head.setAttribute("role", "columnheader");
      head.replaceChildren(button);
    });

    const find = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target || !body.contains(target)) return;
      if (target.hidden) all();
      target.scrollIntoView({ block: "center" });
    };
    window.addEventListener("hashchange", find);
    const asked = new URLSearchParams(location.search);
    for (const [key, select] of Object.entries(selects)) if (asked.get(key)) select.value = asked.get(key);
    filter();
    find();
  };

  /* A claim that waits stands in a closed list: its address opens it. */
  const open = () => {
    const target = location.hash.startsWith("#claim-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = target && target.closest("details:not([open])");
    if (!closed) return;
    closed.open = true;
    target.scrollIntoView({ block: "center" });
  };

  const start = () => {
    document.querySelectorAll(".pfpp-ledger").forEach(enhance);
    window.addEventListener("hashchange", open);
    open();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
})();
