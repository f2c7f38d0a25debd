import { FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge, Button, Input, Select, type InputRef } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countFilters, type CaseSearch } from "../../shared/case-search.ts";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { ActiveFilters } from "./active-filters.tsx";
import { FilterForm } from "./filter-form.tsx";
import { SavedFilters } from "./saved-filters.tsx";
import { useCaseSearch } from "./use-case-search.ts";

const QUICK: { words: string; part: CaseSearch }[] = [
  { words: "mine", part: { mine: "true" } },
  { words: "open", part: { open: "true" } },
  { words: "overdue", part: { overdue: "true" } },
];

const SearchBox = () => {
  const { t } = useTranslation();
  const { search, change } = useCaseSearch();
  const box = useRef<InputRef>(null);
  const [typed, setTyped] = useState(search.q ?? "");
  const [shown, setShown] = useState(search.q);
  // A link or the back button changed the words: what was half typed gives way.
  if (shown !== search.q) {
    setShown(search.q);
    setTyped(search.q ?? "");
  }
  useShortcuts({ "/": () => box.current?.focus({ cursor: "all" }) });
  const submit = () => change({ q: typed.trim() === "" ? undefined : typed.trim() });
  return (
    <Input
      ref={box}
      allowClear
      maxLength={60}
      prefix={<SearchOutlined aria-hidden />}
      aria-label={t("filter>q")}
      placeholder={t("filter>qHint")}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        if (event.target.value === "") change({ q: undefined });
      }}
      onPressEnter={submit}
      onBlur={submit}
    />
  );
};

/** Search, quick filters and order of the list; the rest opens below. */
export const FilterBar = () => {
  const { t } = useTranslation();
  const { search, change } = useCaseSearch();
  const [open, setOpen] = useState(false);
  return (
    <div className="filter-bar">
      <div className="filter-line">
        <SearchBox />
        <Badge count={open ? 0 : countFilters(search)} size="small" color="var(--brand)">
          <Button
            icon={<FilterOutlined aria-hidden />}
            aria-expanded={open}
            aria-controls="case-filters"
            onClick={() => setOpen(!open)}
          >
            {t("filter>title")}
          </Button>
        </Badge>
      </div>
      <div className="filter-line filter-quick">
        {QUICK.map(({ words, part }) => {
          const [name, value] = Object.entries(part)[0] as [keyof CaseSearch, string];
          const on = search[name] === value;
          return (
            <button
              key={words}
              type="button"
              className="chip"
              aria-pressed={on}
              onClick={() => change({ [name]: on ? undefined : value })}
            >
              {t(`filter>${words}`)}
            </button>
          );
        })}
        <SavedFilters />
        <Select
          aria-label={t("filter>sort")}
          size="small"
          variant="borderless"
          value={search.sort ?? "due"}
          onChange={(sort) => change({ sort: sort === "due" ? undefined : sort })}
          options={(["due", "reported_desc"] as const).map((sort) => ({
            value: sort,
            label: t(`filter>sort_${sort}`),
          }))}
        />
      </div>
      {open ? (
        <div id="case-filters">
          <FilterForm />
        </div>
      ) : (
        <ActiveFilters />
      )}
    </div>
  );
};
