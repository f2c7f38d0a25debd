import type { Account } from "@onegrid/contract";
import { useSearch } from "@tanstack/react-router";
import { Alert, Button, Input, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../platform/session.ts";
import { CoverageView } from "./coverage-view.tsx";
import { FactDialog } from "./fact-dialog.tsx";
import { OrganisationDrawer } from "./organisation-drawer.tsx";
import { OrganisationList } from "./organisation-list.tsx";
import { OrganisationTree } from "./organisation-tree.tsx";
import { RegisterView } from "./register-view.tsx";
import { today } from "../../shared/today.ts";

/** Draws the way in only; the server decides by its own policy. */
const mayWrite = ({ role }: Account) => role === "county_centre" || role === "street";

/** Party organisations of any day, their coverage, and the registers of what they are built on. */
export const OrganisationsScreen = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  const { renewal } = useSearch({ from: "/signed-in/organisations" });
  const [on, setOn] = useState(today);
  const [opened, setOpened] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const editable = mayWrite(account);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("organisations>title")}</h1>
        <div className="organisation-tools">
          <label htmlFor="organisations-on">{t("organisations>on")}</label>
          <Input
            id="organisations-on"
            type="date"
            min="1921-07-01"
            max="2199-12-31"
            value={on}
            onChange={({ target }) => {
              if (target.value !== "") setOn(target.value);
            }}
          />
          {editable && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t("organisations>add")}
            </Button>
          )}
        </div>
      </header>
      {on !== today() && (
        <Alert type="info" showIcon title={t("organisations>pastDay", { day: on })} />
      )}
      <Tabs
        destroyOnHidden
        defaultActiveKey={renewal === undefined ? "tree" : "list"}
        items={[
          {
            key: "tree",
            label: t("organisations>tree"),
            children: <OrganisationTree on={on} onOpen={setOpened} />,
          },
          {
            key: "list",
            label: t("organisations>list"),
            children: (
              <OrganisationList on={on} renewal={renewal} editable={editable} onOpen={setOpened} />
            ),
          },
          {
            key: "coverage",
            label: t("organisations>coverage"),
            children: <CoverageView on={on} onOpen={setOpened} />,
          },
          {
            key: "registers",
            label: t("organisations>registers"),
            children: (
              <RegisterView
                editable={editable}
                bringsComponents={account.role === "county_centre"}
              />
            ),
          },
        ]}
      />
      {adding && <FactDialog organisation={null} baseSeq={0} onClose={() => setAdding(false)} />}
      {opened !== null && (
        <OrganisationDrawer
          code={opened}
          editable={editable}
          onOpen={setOpened}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  );
};
