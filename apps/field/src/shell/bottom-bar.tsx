import { useQueueCounts } from "../queue/use-queue.ts";
import { hrefOf, type Route } from "../router.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words.ts";

const PLACES = ["tasks", "patrol", "report", "queue", "me"] as const;
type Place = (typeof PLACES)[number];

/** Screens that a place of the menu leads to. */
const INSIDE: Partial<Record<Route["name"], Place>> = {
  task: "tasks",
  alerts: "tasks",
  staff: "me",
};

const placeOf = ({ name }: Route): Place =>
  INSIDE[name] ?? PLACES.find((place) => place === name) ?? "tasks";

/** The main menu, under the thumb. */
export const BottomBar = ({ route, accountId }: { route: Route; accountId: string }) => {
  const { t } = useWords();
  const { all } = useQueueCounts(accountId);
  return (
    <nav className="bottom-bar" aria-label={t("app>mainMenu")}>
      {PLACES.map((place) => (
        <a
          key={place}
          href={hrefOf({ name: place })}
          className={place === "report" ? "bottom-report" : undefined}
          aria-current={placeOf(route) === place ? "page" : undefined}
        >
          <Icon name={place} />
          <span>{t(`app>${place}`)}</span>
          {place === "queue" && all > 0 && <span className="badge">{all}</span>}
        </a>
      ))}
    </nav>
  );
};
