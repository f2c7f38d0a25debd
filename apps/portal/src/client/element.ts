/** An element with attributes and children; text is text and never markup. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** A button that does something on this page and sends nothing. */
export const button = (label: string, onPress: () => void | Promise<void>): HTMLButtonElement => {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", () => void onPress());
  return made;
};
