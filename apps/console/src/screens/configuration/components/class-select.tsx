import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { categoriesQuery } from "../../../platform/queries.ts";
import { matchesCategory } from "../../../shared/category-search.ts";

type Props = {
  id?: string;
  value?: string | undefined;
  onChange?: (categoryCode: string | undefined) => void;
  label: string;
};

/** Chooses a class of components: a category of that kind, by name, words or pinyin initials. */
export const ClassSelect = ({ id, value, onChange, label }: Props) => {
  const { data = [] } = useQuery(categoriesQuery);
  const classes = data.filter((c) => c.kind === "component" && c.active);
  return (
    <Select<string>
      {...(id !== undefined && { id })}
      aria-label={label}
      allowClear
      placeholder={label}
      showSearch={{
        filterOption: (typed, option) =>
          classes.some((c) => c.categoryCode === option?.value && matchesCategory(c, typed)),
      }}
      value={value ?? null}
      onChange={(code?: string) => onChange?.(code)}
      options={classes.map((c) => ({ value: c.categoryCode, label: c.name }))}
    />
  );
};
