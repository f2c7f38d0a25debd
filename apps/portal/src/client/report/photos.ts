import { problemWords } from "@onegrid/ui";
import type { TFunction } from "i18next";
import { button, element } from "../element.ts";
import { shrink } from "./shrink.ts";
import { upload, UploadFailed } from "./upload.ts";

/** The photos of the form as the send button needs to know them. */
export type Photos = {
  /** Resolves when nothing is on its way any more: true when all of them arrived. */
  settled(): Promise<boolean>;
};

type Item = { state: Promise<boolean>; abort: AbortController };

/** The words for a photo that did not arrive. */
const failureWords = (t: TFunction, error: unknown): string =>
  problemWords(t, error instanceof UploadFailed && error.problem ? error : undefined);

/**
 * Photos go up as soon as they are chosen, made smaller first, each with its own progress, retry
 * and removal. What arrived stands in the form as a hidden field; the file field is emptied, so
 * nothing is sent twice.
 */
export const enhancePhotos = (form: HTMLFormElement, t: TFunction): Photos => {
  const input = form.querySelector<HTMLInputElement>("#photos");
  const items = new Set<Item>();
  const settled = async () => {
    const results = await Promise.all([...items].map((item) => item.state));
    return results.every(Boolean);
  };
  if (input === null) return { settled };
  const most = Number(input.dataset["most"]);
  const list = element("ul", { class: "photos" });
  const note = element("p", { class: "hint", role: "status" });
  input.after(list, note);
  const kept = () => form.querySelectorAll("input[name=attachmentIds]:checked").length;

  const add = (file: File): void => {
    const id = crypto.randomUUID();
    const preview = element("img", {
      alt: t("portal>report>photo", { n: list.children.length + 1 }),
    });
    preview.src = URL.createObjectURL(file);
    const bar = element("progress", { max: "1", value: "0", "aria-label": preview.alt });
    const words = element("p", { role: "status" });
    const actions = element("div", { class: "photo-actions" });
    const line = element("li", {}, preview, element("div", {}, bar, words), actions);
    const item: Item = { state: Promise.resolve(false), abort: new AbortController() };

    const send = async (): Promise<boolean> => {
      words.className = "";
      bar.hidden = false;
      try {
        const smaller = await shrink(file);
        await upload(
          id,
          smaller,
          (done) => {
            bar.value = done;
            words.textContent = t("portal>report>uploading", { percent: Math.round(done * 100) });
          },
          item.abort.signal,
        );
        words.textContent = t("portal>report>uploaded");
        bar.hidden = true;
        if (!item.abort.signal.aborted) {
          line.append(element("input", { type: "hidden", name: "attachmentIds", value: id }));
        }
        return true;
      } catch (error) {
        words.textContent = failureWords(t, error);
        words.className = "failed";
        bar.hidden = true;
        actions.prepend(retry);
        return false;
      }
    };
    const retry = button(t("portal>report>retry"), () => {
      retry.remove();
      item.state = send();
    });
    const remove = button(t("portal>report>remove"), () => {
      item.abort.abort();
      items.delete(item);
      URL.revokeObjectURL(preview.src);
      line.remove();
      input.focus();
    });
    remove.setAttribute("aria-label", `${t("portal>report>remove")} ${preview.alt}`);
    actions.append(remove);
    list.append(line);
    items.add(item);
    item.state = send();
  };

  input.addEventListener("change", () => {
    const room = most - items.size - kept();
    const files = [...(input.files ?? [])];
    for (const file of files.slice(0, Math.max(0, room))) add(file);
    note.textContent = files.length > room ? t("portal>report>tooMany", { most }) : "";
    input.value = "";
  });
  return { settled };
};
