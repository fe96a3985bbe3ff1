// Runs before the page is drawn: scripts are on, and which of the two looks was chosen here before.
document.documentElement.classList.add("js");
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch (error) {
  // Storage is switched off: the look of the system stands.
}
