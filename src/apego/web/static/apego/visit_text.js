// Copy the text of a visit. Without this, or without leave to the clipboard, the text can be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const word = document.querySelector("[data-copied-word]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    word.textContent = word.dataset.copiedWord;
  });
}
