import { useTranslation } from "react-i18next";
import { GridSelect } from "./grid-select.tsx";

type Props = { id?: string; value?: string; onChange?: (gridCode: string | undefined) => void };

/** The tree of grids as a form's field: the form hands value and change in. */
export const GridField = ({ id, value, onChange }: Props) => {
  const { t } = useTranslation();
  return (
    <GridSelect
      {...(id !== undefined && { id })}
      value={value}
      label={t("filter>grid")}
      onChange={(code) => onChange?.(code)}
    />
  );
};
