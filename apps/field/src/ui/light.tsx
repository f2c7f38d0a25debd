import { lightOf } from "@onegrid/ui";
import { useWords } from "../words.ts";
import { Icon, type IconName } from "./icons.tsx";

const ICONS = { green: "check", amber: "clock", red: "warn" } as const satisfies Record<
  string,
  IconName
>;

type LightProps = {
  of: { reportedAt: string; dueAt: string | null; disposedAt: string | null };
  now: Date;
};

/** 红黄绿灯 as an icon and a word; the colour only repeats them. */
export const Light = ({ of, now }: LightProps) => {
  const { t } = useWords();
  const light = lightOf(of, now);
  return (
    <span className={`light light-${light}`}>
      <Icon name={ICONS[light]} />
      {t(`light>${light}`)}
    </span>
  );
};
