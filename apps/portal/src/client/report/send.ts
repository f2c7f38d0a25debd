import type { TFunction } from "i18next";
import type { Photos } from "./photos.ts";

/** Where a good answer leads: a page of our own server with the receipt. */
const isReceipt = (response: Response): boolean =>
  response.ok &&
  response.redirected &&
  new URL(response.url).origin === location.origin &&
  new URL(response.url).pathname.startsWith("/receipts/");

/** The server's page with the errors, shown in place; its scripts are this page's own. */
const showAnswer = async (html: string): Promise<boolean> => {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const main = answer.querySelector("main");
  if (main === null || answer.body.dataset["page"] === undefined) return false;
  document.title = answer.title;
  document.body.dataset["page"] = answer.body.dataset["page"];
  document.querySelector("main")?.replaceWith(document.importNode(main, true));
  const { enhanceReport } = await import("./index.ts");
  void enhanceReport();
  (document.querySelector<HTMLElement>("#errors") ?? document.querySelector("main"))?.focus();
  return true;
};

/**
 * Sends the form without leaving it, so that a lost connection loses no word: the very same form
 * goes again at the next press and the server counts it once. A form that was answered with
 * errors comes back in place.
 */
export const enhanceSending = (form: HTMLFormElement, photos: Photos, t: TFunction): void => {
  const status = form.querySelector<HTMLElement>(".send-status");
  const send = form.querySelector<HTMLButtonElement>(".send button");
  let underWay = false;
  const say = (words: string, failed = false) => {
    if (status === null) return;
    status.textContent = words;
    status.classList.toggle("failed", failed);
  };

  const submit = async (): Promise<void> => {
    say(t("portal>report>waitPhotos"));
    if (!(await photos.settled())) return say(t("portal>report>photosFailed"), true);
    say(t("portal>report>sending"));
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (isReceipt(response)) return location.replace(response.url);
      const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
      if (isPage && (await showAnswer(await response.text()))) return;
      say(t("portal>report>noAnswer"), true);
    } catch {
      say(t("portal>report>noAnswer"), true);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (underWay) return;
    underWay = true;
    if (send) send.setAttribute("aria-disabled", "true");
    void submit().finally(() => {
      underWay = false;
      send?.removeAttribute("aria-disabled");
    });
  });
};
