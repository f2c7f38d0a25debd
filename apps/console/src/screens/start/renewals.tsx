import type { Account } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { renewalsQuery, type Renewal } from "../../platform/organisation-queries.ts";
import { useSession } from "../../platform/session.ts";
import { today } from "../../shared/today.ts";

const KINDS: readonly Renewal[] = ["overdue", "due"];

/** Whoever keeps the register is reminded; others find the marks in the list. */
const keepsRegister = ({ role }: Account) => role === "county_centre" || role === "street";

const Reminder = ({ renewal }: { renewal: Renewal }) => {
  const { t } = useTranslation();
  const { data } = useQuery(renewalsQuery(today(), renewal));
  if (data === undefined || data.count === 0) return null;
  return (
    <li>
      <Link to="/organisations" search={{ renewal }} className={`renewal-${renewal}`}>
        {t(`start>renewal_${renewal}`, { n: `${data.count}${data.isMore ? "+" : ""}` })}
      </Link>
    </li>
  );
};

/** 换届 reminders where the day begins: terms that are over, and those that end within 90 days. */
export const Renewals = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  if (!keepsRegister(account)) return null;
  return (
    <ul className="renewals" aria-label={t("organisations>renewal")}>
      {KINDS.map((renewal) => (
        <Reminder key={renewal} renewal={renewal} />
      ))}
    </ul>
  );
};
