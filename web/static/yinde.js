// Conveniences only: every page works without this file.
"use strict";

for (const button of document.querySelectorAll(".copy-button")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = button.dataset.done;
    } catch {
      // Without https there is no clipboard: select the text, so that Ctrl-C copies it.
      window.getSelection().selectAllChildren(source);
    }
  });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.getElementById("q");
    if (box) {
      event.preventDefault();
      box.select();
    }
  }
});
