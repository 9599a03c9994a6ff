/* Draws flow diagrams when they come into view, so that other pages do not load the library.
   Without JavaScript the data table below each diagram says the same. */
(() => {
  /* By these marks the library knows that its styles are here already (in pfpp.css), and writes none into the
     page, where the content security policy would not let them stand. */
  const marks = () => {
    for (const id of ["plotly.js-style-global", "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"]) {
      const mark = document.createElement("meta");
      mark.id = id;
      mark.className = "no-inline-styles";
      document.head.append(mark);
    }
  };

  const load = () =>
    (load.once ??= new Promise((resolve, reject) => {
      marks();
      const script = document.createElement("script");
      script.src = new URL("_static/plotly.min.js", document.baseURI);
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }));

  const draw = async (place) => {
    const [figure] = await Promise.all([fetch(place.dataset.figure).then((answer) => answer.json()), load()]);
    await Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displayModeBar: false });
  };

  const missing = (place) => {
    place.style.minHeight = "0";
    place.textContent = "The diagram could not be drawn here; the table below holds its data.";
  };

  document.addEventListener("DOMContentLoaded", () => {
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        draw(target).catch(() => missing(target));
      }
    }, { rootMargin: "400px" });
    document.querySelectorAll(".pfpp-diagram").forEach((place) => seen.observe(place));
  });
})();
