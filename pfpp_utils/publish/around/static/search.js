/* What the search quotes of a page is its own text: notes beside terms are the glossary's, and found there. */
// Scripts are deferred, and that of the search comes after this one.
document.addEventListener("DOMContentLoaded", () => {
  const NOTES = [
    /<sup class="pfpp-term-number">.*?<\/sup>/gs, /<button type="button" class="pfpp-term".*?<\/button>/gs,
    /<span class="pfpp-term-note.*?<\/span>/gs, /<ol class="pfpp-term-notes">.*?<\/ol>/gs,
    /<nav class="pfpp-trail".*?<\/nav>/gs, /<p class="pfpp-minutes">.*?<\/p>/gs, /<details class="pfpp-cite">.*?<\/details>/gs,
  ];
  const whole = Search.htmlToText;
  Search.htmlToText = (page, anchor) => whole(NOTES.reduce((text, note) => text.replace(note, ""), page), anchor);
});
