import { useInfiniteQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { peopleQuery } from "../../platform/staffing-queries.ts";

type Props = { id?: string; value?: string; onChange?: (personId: string) => void };

/** Chooses one of the people of the own grids by name. */
export const PersonSelect = ({ id, value, onChange }: Props) => {
  const [q, setQ] = useState("");
  const { data, isFetching } = useInfiniteQuery(peopleQuery(q === "" ? {} : { q }));
  const people = data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <Select
      {...(id !== undefined && { id })}
      {...(value !== undefined && { value })}
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={isFetching}
      onChange={(personId: string) => onChange?.(personId)}
      options={people
        .filter(({ leftOn }) => leftOn === null)
        .map(({ personId, name, gridName }) => ({
          value: personId,
          label: gridName === null ? name : `${name}（${gridName}）`,
        }))}
    />
  );
};
