import type { Account } from "@onegrid/contract";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../../platform/session.ts";
import { AuthorityList } from "./authority-list.tsx";
import { CalendarYearView } from "./calendar-year-view.tsx";
import { ComponentList } from "./components/component-list.tsx";
import { DispatchRules } from "./dispatching/dispatch-rules.tsx";
import { DepartmentList } from "./department-list.tsx";
import { WebhookList } from "./webhooks/webhook-list.tsx";

/** Draws the way in only; the server decides by its own policy. */
const mayConfigure = ({ role }: Account) =>
  role === "system_administrator" || role === "county_centre";

/** What the county works by: authority list, calendar, departments. Everybody reads, few change. */
export const ConfigurationScreen = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  const editable = mayConfigure(account);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav>configuration")}</h1>
        {!editable && <p>{t("configuration>readOnly")}</p>}
      </header>
      <Tabs
        items={[
          {
            key: "categories",
            label: t("configuration>categories"),
            children: <AuthorityList editable={editable} />,
          },
          {
            key: "dispatching",
            label: t("dispatching>title"),
            children: <DispatchRules editable={editable} />,
          },
          {
            key: "calendar",
            label: t("configuration>calendar"),
            children: <CalendarYearView editable={editable} />,
          },
          {
            key: "departments",
            label: t("configuration>departments"),
            children: <DepartmentList />,
          },
          {
            key: "components",
            label: t("components>title"),
            children: <ComponentList editable={editable} />,
          },
          // Addresses of other systems are nobody else's business.
          ...(editable
            ? [{ key: "webhooks", label: t("webhooks>title"), children: <WebhookList /> }]
            : []),
        ]}
      />
    </div>
  );
};
