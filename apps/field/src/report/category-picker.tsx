import { NETS, type Category } from "@onegrid/contract";
import { useState } from "react";
import { db, type Reference } from "../storage/database.ts";
import { useLive } from "../storage/use-live.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words.ts";
import { EmergencyCalls } from "./emergency-calls.tsx";
import { useSuggestions } from "./use-suggestions.ts";
import { commonCategories, searchCategories } from "./rank-categories.ts";

type ChoicesProps = {
  title: string;
  categories: readonly Category[];
  onPick: (category: Category) => void;
};

const Choices = ({ title, categories, onPick }: ChoicesProps) => {
  const { t } = useWords();
  if (categories.length === 0) return null;
  return (
    <fieldset className="choices">
      <legend className="weak">{title}</legend>
      {categories.map((category) => (
        <button
          key={category.categoryCode}
          type="button"
          className={`choice net-${category.net}`}
          onClick={() => onPick(category)}
        >
          {category.name}
          {category.emergency && <span className="chip chip-red">{t("tasks>emergency")}</span>}
        </button>
      ))}
    </fieldset>
  );
};

type CategoryPickerProps = {
  reference: Reference;
  /** What was written, to suggest by. */
  words?: string;
  chosen: Category | undefined;
  error: string | undefined;
  onPick: (category: Category | null) => void;
};

/** One tap on a common category, or a search, or the whole list by net. */
export const CategoryPicker = ({
  reference,
  words = "",
  chosen,
  error,
  onPick,
}: CategoryPickerProps) => {
  const { t } = useWords();
  const { accountId, categories, categoryCounts } = reference;
  const [typed, setTyped] = useState("");
  const [isAllShown, setAllShown] = useState(false);
  const suggested = useSuggestions(chosen ? "" : words, categories);
  const uses = useLive(() => db.uses.where({ accountId }).toArray(), accountId);

  if (chosen) {
    return (
      <div className="chosen">
        <p>
          <strong>{chosen.name}</strong> <span className="weak">{t(`net>${chosen.net}`)}</span>
        </p>
        <Button look="quiet" onClick={() => onPick(null)}>
          {t("report>change")}
        </Button>
      </div>
    );
  }
  const found = searchCategories(categories, typed);
  return (
    <>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      {suggested[0]?.emergency && <EmergencyCalls />}
      <Choices title={t("report>suggested")} categories={suggested} onPick={onPick} />
      {typed.trim() === "" && uses && (
        <Choices
          title={t("report>common")}
          categories={commonCategories(categories, uses, categoryCounts)}
          onPick={onPick}
        />
      )}
      <Field label={t("report>search")}>
        {(attributes) => (
          <input
            {...attributes}
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {typed.trim() !== "" &&
        (found.length > 0 ? (
          <Choices title={t("report>category")} categories={found} onPick={onPick} />
        ) : (
          <output className="weak">{t("report>none")}</output>
        ))}
      {typed.trim() === "" && !isAllShown && (
        <Button look="quiet" onClick={() => setAllShown(true)}>
          {t("report>all")}
        </Button>
      )}
      {typed.trim() === "" &&
        isAllShown &&
        NETS.map((net) => (
          <Choices
            key={net}
            title={t(`net>${net}`)}
            categories={categories.filter((c) => c.net === net)}
            onPick={onPick}
          />
        ))}
    </>
  );
};
