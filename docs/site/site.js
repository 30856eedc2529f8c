// What scrolls sideways can be scrolled by keyboard, and what the theme leaves without a name has one.
(() => {
  const mend = () => {
    document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset math[display=block]").forEach((one) => {
      if (one.tabIndex !== 0) one.tabIndex = 0;
    });
    document.querySelectorAll(".md-code__nav:not([aria-label])").forEach((one) => {
      one.setAttribute("aria-label", `Code ${document.querySelectorAll(".md-code__nav[aria-label]").length + 1}`);
    });
  };
  mend();
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
})();
