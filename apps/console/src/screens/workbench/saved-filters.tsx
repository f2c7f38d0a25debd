import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Dropdown, Input, Modal, type InputRef } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemWords } from "@onegrid/ui";
import { savedFiltersQuery, useSavedFilters } from "../../platform/desk-queries.ts";
import { newId } from "../../platform/ids.ts";
import { countFilters, readCaseSearch, type CaseSearch } from "../../shared/case-search.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { useCaseSearch } from "./use-case-search.ts";

const NameDialog = ({ search, onClose }: { search: CaseSearch; onClose: () => void }) => {
  const { t } = useTranslation();
  const { put } = useSavedFilters();
  const [filterId] = useState(newId);
  const [name, setName] = useState("");
  const box = useRef<InputRef>(null);
  const save = () =>
    put.mutate(
      { filterId, name: name.trim(), search: search as Record<string, string> },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      title={t("saved>name")}
      okText={t("saved>save")}
      onOk={save}
      onCancel={onClose}
      confirmLoading={put.isPending}
      afterOpenChange={(open) => open && box.current?.focus()}
      okButtonProps={{ disabled: name.trim() === "" }}
    >
      <Input
        ref={box}
        aria-label={t("saved>name")}
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={() => name.trim() !== "" && save()}
      />
      {put.error && <ErrorNote error={put.error} />}
    </Modal>
  );
};

/** Lists that the account has named: opens one, names the present one, forgets one. */
export const SavedFilters = () => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { search } = useCaseSearch();
  const { data } = useQuery(savedFiltersQuery);
  const { forget } = useSavedFilters();
  const [naming, setNaming] = useState(false);
  const saved = data ?? [];
  const items = [
    ...saved.map(({ filterId, name }) => ({ key: filterId, label: name })),
    ...(saved.length > 0 ? [{ type: "divider" as const }] : []),
    { key: "name", label: t("saved>nameThis"), disabled: countFilters(search) === 0 },
    ...(saved.length === 0
      ? []
      : [
          {
            key: "forget",
            label: t("saved>forget"),
            children: saved.map(({ filterId, name }) => ({ key: `-${filterId}`, label: name })),
          },
        ]),
  ];
  const choose = (key: string) => {
    if (key === "name") return setNaming(true);
    if (key.startsWith("-")) {
      return forget.mutate(key.slice(1), {
        onError: (error) => void message.error(problemWords(t, error)),
      });
    }
    const found = saved.find(({ filterId }) => filterId === key);
    // What the server no longer knows is dropped, as from an old link.
    if (found) void navigate({ to: "/cases", search: readCaseSearch(found.search) });
  };
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button size="small">{t("saved>title")}</Button>
      </Dropdown>
      {naming && <NameDialog search={search} onClose={() => setNaming(false)} />}
    </>
  );
};
