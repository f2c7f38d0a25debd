import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../../platform/session.ts";
import { DutyLists } from "./duty-lists.tsx";
import { NoticeList } from "./notice-list.tsx";
import { PeopleList } from "./people-list.tsx";
import { PostList } from "./post-list.tsx";

/** Posts, people, duties and notices: who serves where, and everybody can see it. */
export const StaffingScreen = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  // Draws the way in only; the server decides by its own policy.
  const editable = account.role === "county_centre" || account.role === "street";
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav>staffing")}</h1>
      </header>
      <Tabs
        destroyOnHidden
        items={[
          {
            key: "posts",
            label: t("staffing>posts"),
            children: <PostList editable={editable} />,
          },
          ...(editable
            ? [{ key: "people", label: t("staffing>people"), children: <PeopleList /> }]
            : []),
          {
            key: "duties",
            label: t("staffing>duties"),
            children: <DutyLists editable={account.role === "county_centre"} />,
          },
          {
            key: "notices",
            label: t("staffing>notices"),
            children: <NoticeList editable={editable} />,
          },
        ]}
      />
    </div>
  );
};
