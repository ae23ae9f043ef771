// Light, dark, or as the system is.

const KEY = "gateway-theme";

export function startTheme(select) {
  const apply = value => {
    if (value === "auto") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = value;
    }
  };
  const known = localStorage.getItem(KEY);
  select.value = known === "light" || known === "dark" ? known : "auto";
  apply(select.value);
  select.addEventListener("change", () => {
    localStorage.setItem(KEY, select.value);
    apply(select.value);
  });
}
