// Shows the tests whose text has all words of the filter, and that are of the chosen kind.
const filter = document.getElementById("filter");
const sections = [...document.querySelectorAll("section")];
const texts = sections.map((section) => section.textContent.toLowerCase());
const lines = [...document.querySelectorAll("nav li")];
function show() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const kind = document.querySelector("input[name=show]:checked").value;
  sections.forEach((section, number) => {
    const has = words.every((word) => texts[number].includes(word));
    const hidden = !has || (kind !== "" && !section.classList.contains(kind));
    section.hidden = lines[number].hidden = hidden;
  });
}
document.querySelector("nav").addEventListener("input", show);
show();
