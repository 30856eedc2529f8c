/* Everything can be read without this script. It keeps the contents with the text, folds them
   away on a phone, and shows notes and origins of numbers beside what they belong to. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  const nav = document.getElementById("contents");
  const list = document.getElementById("contents-list");
  const word = nav.querySelector(".contents-word");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "contents-toggle";
  button.textContent = word.textContent;
  button.setAttribute("aria-controls", list.id);
  word.after(button);

  const fold = (open) => {
    nav.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  fold(false);
  button.addEventListener("click", () => fold(!nav.classList.contains("open")));
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) fold(false);
  });

  /* The link of the heading that was passed last. */
  const links = [...list.querySelectorAll("a")];
  const places = links.map((link) => document.getElementById(link.hash.slice(1)));
  let current = null;
  const follow = () => {
    const line = Math.min(160, window.innerHeight / 3);
    let at = -1;
    places.forEach((place, index) => {
      if (place.getBoundingClientRect().top <= line) at = index;
    });
    const link = links[at] || null;
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const above = link.offsetTop - list.offsetTop;
    if (above < list.scrollTop || above + link.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = above - list.clientHeight / 3;
    }
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  };
  window.addEventListener("scroll", soon, { passive: true });

  /* What fits needs no stop on the way of the Tab key. */
  const boxes = [...document.querySelectorAll(".scroll")];
  const fit = () => boxes.forEach((box) => {
    if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
  window.addEventListener("resize", () => { fit(); soon(); });
  document.addEventListener("toggle", fit, true);

  /* One pop-up for notes and origins: it stays while it is pointed at, and Escape takes it away. */
  const pop = document.createElement("div");
  pop.id = "pop";
  pop.className = "pop";
  pop.setAttribute("role", "tooltip");
  pop.hidden = true;
  document.body.append(pop);
  let owner = null;
  let leaving = 0;

  const contentOf = (trigger) => {
    if (trigger.classList.contains("value")) return trigger.nextElementSibling;
    const note = document.getElementById(trigger.hash.slice(1));
    return note && note.querySelector(".note-text");
  };
  const place = (trigger) => {
    const rect = trigger.getClientRects()[0];
    const gap = 12;
    const most = root.clientWidth - pop.offsetWidth - gap;
    pop.style.left = `${Math.max(gap, Math.min(rect.left, most))}px`;
    const below = rect.bottom + 4;
    const fits = below + pop.offsetHeight < window.innerHeight - gap;
    pop.style.top = `${fits ? below : Math.max(gap, rect.top - pop.offsetHeight - 4)}px`;
  };
  const show = (trigger) => {
    clearTimeout(leaving);
    if (owner === trigger) return;
    hide();
    const content = contentOf(trigger);
    if (!content) return;
    const copy = content.cloneNode(true);
    copy.querySelectorAll(".origin").forEach((one) => one.remove());
    copy.querySelectorAll("[id], [tabindex], [aria-describedby]").forEach((one) => {
      one.removeAttribute("id");
      one.removeAttribute("tabindex");
      one.removeAttribute("aria-describedby");
    });
    pop.replaceChildren(...copy.childNodes);
    pop.hidden = false;
    owner = trigger;
    if (trigger.classList.contains("noteref")) trigger.setAttribute("aria-describedby", pop.id);
    place(trigger);
  };
  const hide = () => {
    clearTimeout(leaving);
    if (owner && owner.classList.contains("noteref")) owner.removeAttribute("aria-describedby");
    owner = null;
    pop.hidden = true;
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (!owner || document.activeElement !== owner) hide();
    }, 250);
  };
  document.querySelectorAll(".value, .noteref").forEach((trigger) => {
    trigger.addEventListener("mouseenter", () => show(trigger));
    trigger.addEventListener("mouseleave", leave);
    trigger.addEventListener("focus", () => show(trigger));
    trigger.addEventListener("blur", () => { if (!pop.matches(":hover")) hide(); });
  });
  pop.addEventListener("mouseenter", () => clearTimeout(leaving));
  pop.addEventListener("mouseleave", leave);
  window.addEventListener("scroll", () => { if (owner) place(owner); }, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (owner) hide();
    else if (nav.classList.contains("open")) { fold(false); button.focus(); }
  });

  fit();
  follow();
})();
