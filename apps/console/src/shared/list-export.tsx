import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

/** Lists that the server answers as a file at once. */
type ExportedList = "accounts" | "notices" | "callbacks" | "categories" | "departments";

/** The whole list as a table file, in the language of the screen; the browser shows how far it is. */
export const ListExport = ({ list }: { list: ExportedList }) => {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "en" ? "en" : "zh-CN";
  const items = (["xlsx", "csv"] as const).map((format) => ({
    key: format,
    label: (
      <a href={`/api/v1/${list}/export?format=${format}&language=${language}`} download>
        {format === "xlsx" ? "Excel" : "CSV"}
      </a>
    ),
  }));
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button>{t("export>button")}</Button>
    </Dropdown>
  );
};
