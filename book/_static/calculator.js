/* The breakeven calculator: the model of pfpp_utils.methods.appraisal for one cost and one outcome, in the page.

   Every number is a fraction of whole numbers of any size (BigInt), read as typed, so that a quotient of
   exactly 30 gives 30 people, after a hundred discounted years too. Nothing is rounded but people, as chosen,
   and what is shown. The page brings form, labels, starting numbers and discount rates along (calculator.py);
   a script that is no module also runs where the book is opened from a folder. */
(() => {
  "use strict";

  /* Fractions: [numerator, denominator], neither below 0, and the denominator never 0. */
  const ZERO = [0n, 1n], ONE = [1n, 1n], PENNY = [1n, 100n], HUNDRED = [100n, 1n];
  const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
  const minus = ([a, b], [c, d]) => [a * d - c * b, b * d];
  const times = ([a, b], [c, d]) => [a * c, b * d];
  const over = ([a, b], [c, d]) => [a * d, b * c];
  const above = ([a, b], [c, d]) => a * d > c * b;
  const divisor = (a, b) => { while (b) [a, b] = [b, a % b]; return a; };

  /** Read "314000", "1,234.5" or "7/37"; null for anything else. */
  const read = (text) => {
    const ratio = /^(\d{1,30}) ?\/ ?(\d{1,30})$/.exec(text);
    if (ratio) return BigInt(ratio[2]) ? [BigInt(ratio[1]), BigInt(ratio[2])] : null;
    if (!/^(\d{1,3}(,\d{3}){1,9}|\d{0,30})(\.\d{0,30})?$/.test(text) || !/\d/.test(text)) return null;
    const [whole, part = ""] = text.replaceAll(",", "").split(".");
    return [BigInt(whole + part), 10n ** BigInt(part.length)];
  };

  /** Write a fraction exactly: as a decimal where it ends, as a ratio otherwise. */
  const exact = ([a, b]) => {
    const [top, bottom] = [a / divisor(a, b), b / divisor(a, b)];
    let places = 0n, rest = bottom;
    for (const prime of [10n, 5n, 2n]) for (; rest % prime === 0n; places++) rest /= prime;
    if (rest > 1n) return `${top}/${bottom}`;
    const digits = String(top * 10n ** places / bottom).padStart(Number(places) + 1, "0");
    return places ? `${digits.slice(0, -Number(places))}.${digits.slice(-Number(places))}` : digits;
  };

  /** Write a fraction with so many decimals, halves up, thousands parted. */
  const fixed = ([a, b], places = 0) => {
    const digits = String((2n * a * 10n ** BigInt(places) + b) / (2n * b)).padStart(places + 1, "0");
    const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
    return places ? `${whole}.${digits.slice(-places)}` : whole;
  };

  const isWhole = ([a, b]) => a % b === 0n;
  const pounds = (amount) => {
    if (above(amount, ZERO) && above(PENNY, amount)) return "less than £0.01";
    return `£${fixed(amount, isWhole(amount) ? 0 : 2)}`;
  };
  const percent = (share) => {
    const whole = times(share, HUNDRED), text = exact(whole);
    return text.includes("/") ? `${exact(share)} (about ${fixed(whole, 2)}%)` : `${text}%`;
  };
  const count = (number, one, many) => `${number} ${number === "1" ? one : many}`;
  const people = (number) => count(fixed([number, 1n]), "person", "people");
  const years = (number) => count(exact(number), "year", "years");

  /** Years' worth of a yearly value: year 0 whole, each later year discounted by every year up to it. */
  const levelValue = (duration, rates, steps) => {
    const whole = duration[0] / duration[1];
    let worth = minus(duration, [whole, 1n]); // the part of the last year, seen from that year
    for (let year = Number(whole); year > 0; year--) {
      const rate = over(rates[steps.filter((step) => year > step).length], HUNDRED);
      worth = plus(ONE, over(worth, plus(ONE, rate)));
    }
    return worth;
  };

  const toPeople = ([a, b], rounding) => {
    if (rounding === "up") return (a + b - 1n) / b;
    const nearest = (2n * a + b) / (2n * b);
    return a > 0n && nearest === 0n ? 1n : nearest; // nobody cannot meet a cost
  };

  /** Work out what follows from the numbers; null people where no number of them is enough. */
  const appraise = (given) => {
    const raised = plus(ONE, given.optimism_bias);
    const factor = { benefits: minus(ONE, given.optimism_bias), divide: over(ONE, raised), cost: ONE };
    const cost = given.ob_convention === "cost" ? times(given.cost, raised) : given.cost;
    const lasting = levelValue(given.duration, given.rates, given.steps);
    const kept = times(minus(ONE, given.deadweight), factor[given.ob_convention]);
    const net = times(times(given.value, lasting), kept);
    const quotient = !above(cost, ZERO) ? ZERO : above(net, ZERO) ? over(cost, net) : null;
    const beneficiaries = quotient && toPeople(quotient, given.rounding);
    const counted = beneficiaries !== null && given.conversion;
    const reach = counted ? toPeople(over([beneficiaries, 1n], given.conversion), given.rounding) : null;
    return { cost, lasting, net, quotient, beneficiaries, reach };
  };

  /** Say in words what must be true, and why. */
  const explain = (given, found) => {
    const rest = above(given.deadweight, ZERO) ? " of the rest" : "";
    const bias = given.optimism_bias, biased = above(bias, ZERO), raised = exact(plus(ONE, bias));
    let each = `${pounds(given.value)} a year for ${years(given.duration)}`;
    if (above(given.duration, ONE)) each += ` (worth ${fixed(found.lasting, 2)} years of it now)`;
    if (above(given.deadweight, ZERO)) each += `, less ${percent(given.deadweight)} for what would have come anyway`;
    if (biased && given.ob_convention === "benefits") each += `, less ${percent(bias)}${rest} for optimism bias`;
    if (biased && given.ob_convention === "divide") each += `, divided by ${raised} for optimism bias`;
    const cost = pounds(found.cost);
    const uplift = found.cost === given.cost || !biased ? "" : `, ${percent(bias)} more for optimism bias`;
    const worth = `Each counts ${pounds(found.net)}: ${each}.`;
    const meeting = `to meet the cost of ${cost}${uplift}. ${worth}`;
    if (found.beneficiaries === null) return `No number of people is enough ${meeting}`;
    const rounded = { up: "rounded up", nearest: "rounded to the nearest whole person" }[given.rounding];
    const division = isWhole(found.quotient)
      ? `exactly ${fixed(found.quotient)}` : `about ${fixed(found.quotient, 2)}, ${rounded}`;
    const why = above(found.net, ZERO) ? ` Cost over net value is ${division}.` : "";
    const must = `${people(found.beneficiaries)} must benefit ${meeting}${why}`;
    if (found.reach === null) return must;
    const counted = `${people(found.reach)} must be reached, of whom ${percent(given.conversion)} benefit`;
    return `${must} For that, ${counted}.`;
  };

  /** Bring one calculator to life. */
  const start = (section) => {
    const form = section.querySelector("form");
    if (!form.hidden) return; // the theme may load a script twice
    const part = (name) => section.querySelector(`[data-part="${name}"]`);
    const result = (name) => section.querySelector(`[data-result="${name}"]`);
    const fields = [...form.querySelectorAll("input[data-unit]")];
    const choices = [...form.querySelectorAll("select")];
    const counted = form.querySelector("input[type=checkbox]");
    const steps = section.dataset.steps.split(" ").map(Number);
    const slider = (field) => document.getElementById(`${field.id}-slider`);
    const error = (field) => document.getElementById(`${field.id}-error`);
    const name = (control) => control.dataset.name;
    const label = (field) => field.labels[0].textContent;
    let waiting, atFirst, sentence = "";

    /* Shares are shown as percent; a ratio such as 7/37 is the share itself. */
    const inModel = (field) => {
      const { unit } = field.dataset, text = field.value.trim();
      const mark = { pounds: /^£ ?/, percent: / ?%$/, years: / ?years?$/ }[unit];
      const number = read(text.replace(mark, ""));
      return number && unit === "percent" && !text.includes("/") ? over(number, HUNDRED) : number;
    };
    const inField = (field, share) => {
      const whole = exact(times(share, HUNDRED));
      return field.dataset.unit !== "percent" ? exact(share) : whole.includes("/") ? exact(share) : whole;
    };
    const allowed = (field, number) =>
      number !== null && !above(number, read(field.dataset.most ?? "") ?? number) &&
      (!("positive" in field.dataset) || above(number, ZERO));
    const shown = { pounds, percent, years };

    /* Check one field: say beside it what is allowed, and let its slider follow. */
    const check = (field) => {
      const number = inModel(field), sound = field.disabled || allowed(field, number);
      field.setAttribute("aria-invalid", String(!sound));
      error(field).hidden = sound;
      const typed = field.value.trim() ? `“${field.value.trim()}” cannot be used.` : "Nothing is given.";
      error(field).textContent = sound ? "" : `${typed} Allowed: ${field.dataset.allowed}.`;
      if (sound && number) {
        const inUnits = field.dataset.unit === "percent" ? times(number, HUNDRED) : number;
        slider(field).value = fixed(inUnits, 2).replaceAll(",", "");
        slider(field).setAttribute("aria-valuetext", shown[field.dataset.unit](number));
      }
      return sound ? number : undefined;
    };

    /* All numbers and choices by name; undefined if a field cannot be used. */
    const state = () => {
      const conversion = fields.find((field) => name(field) === "conversion");
      conversion.disabled = slider(conversion).disabled = !counted.checked;
      const given = Object.fromEntries(fields.map((field) => [name(field), check(field)]));
      if (Object.values(given).includes(undefined)) return undefined;
      if (!counted.checked) given.conversion = null;
      for (const choice of choices) given[name(choice)] = choice.value;
      const rates = form.querySelector("[data-name=discount]").selectedOptions[0].dataset.percents;
      return { ...given, steps, rates: rates.split(" ").map(read) };
    };

    const words = (given) => [...fields, ...choices].map((control) => {
      const value = given[name(control)];
      return [name(control), value === null ? "" : typeof value === "string" ? value : exact(value)];
    });
    const link = (given) => {
      const address = new URL(location.href);
      for (const [key, value] of words(given)) address.searchParams.set(key, value);
      address.search = address.search.replaceAll("%2F", "/");
      address.hash = section.id;
      return address.href;
    };
    const clean = () => {
      const address = new URL(location.href);
      [...fields, ...choices].forEach((control) => address.searchParams.delete(name(control)));
      return address.href;
    };

    const say = (text) => { part("feedback").textContent = text; };
    const faults = () => fields.filter((field) => !error(field).hidden).map(label).join("; ");
    const compute = () => {
      const given = state(), found = given && appraise(given);
      const number = (value) => (value === null ? "no number is enough" : fixed([value, 1n]));
      result("net_value_per_beneficiary").textContent = found ? pounds(found.net) : "no result";
      result("beneficiaries").textContent = found ? number(found.beneficiaries) : "no result";
      const reached = found && (given.conversion ? number(found.reach) : "no conversion given");
      result("reach").textContent = reached ?? "no result";
      const option = ([key, value]) => `--${key.replaceAll("_", "-")} ${value}`;
      const options = found ? words(given).filter(([, value]) => value).map(option).join(" ") : "";
      part("command").textContent = found ? `pfpp breakeven ${options}` : "no result";
      sentence = found ? explain(given, found) : `No result. Cannot be used: ${faults()}.`;
      return given;
    };

    /* What is read out waits for a pause, so that a moving slider is not a stream of speech; the address too. */
    const update = () => {
      const given = compute();
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        part("sentence").textContent = sentence;
        if (given) history.replaceState(null, "", link(given) === atFirst ? clean() : link(given));
      }, 300);
    };

    /* What the address holds; text that cannot be used stays in its field, with the message beside it. */
    const restore = () => {
      const asked = new URLSearchParams(location.search), unknown = [];
      for (const field of fields.filter((field) => asked.has(name(field)))) {
        const text = asked.get(name(field)), number = read(text);
        field.value = number ? inField(field, number) : text;
        if (name(field) === "conversion") counted.checked = text !== "";
      }
      for (const choice of choices.filter((choice) => asked.has(name(choice)))) {
        const wanted = asked.get(name(choice)), before = choice.value;
        choice.value = wanted;
        if (choice.selectedIndex < 0) {
          choice.value = before;
          unknown.push(`${name(choice)}=${wanted}`);
        }
      }
      if (unknown.length) say(`In the address, but no choice here: ${unknown.join(", ")}. The page's own is used.`);
    };

    const copy = async () => {
      const given = compute(), field = part("link");
      if (!given) return say("There is no link to copy while a field holds what cannot be used.");
      const address = link(given);
      try {
        await navigator.clipboard.writeText(address);
        field.parentElement.hidden = true;
        say("Link copied.");
      } catch { // not allowed here, or no clipboard
        field.parentElement.hidden = false;
        field.value = address;
        field.select();
        say("The link could not be copied from here; it is in the field, selected.");
      }
    };

    part("without").hidden = true;
    form.hidden = false;
    atFirst = link(state());
    const named = document.getElementById(location.hash.slice(1))?.closest(".pfpp-calculator");
    if ((named ?? document.querySelector(".pfpp-calculator")) === section) restore();
    compute();
    part("sentence").textContent = sentence;

    form.addEventListener("input", ({ target }) => {
      if (target.type === "range") document.getElementById(target.id.replace(/-slider$/, "")).value = target.value;
      if (target === part("link")) return;
      say("");
      update();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    part("copy").addEventListener("click", copy);
    part("reset").addEventListener("click", () => {
      form.reset();
      update();
      say("Back to the numbers of this page.");
    });
  };

  const all = () => document.querySelectorAll(".pfpp-calculator").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
