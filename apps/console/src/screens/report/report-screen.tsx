import { BEHALF_SOURCES, type LngLat } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../../platform/queries.ts";
import { NetTag } from "../../shared/badges.tsx";
import { Choice } from "../../shared/choice.tsx";
import { CategorySelect } from "../../shared/category-select.tsx";
import { PhotoInput, type PhotosState } from "../../shared/photo-input.tsx";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { ReportDone } from "./report-done.tsx";
import { ResponsibleNote } from "./responsible-note.tsx";
import { EMPTY_DRAFT, missingIn, useReport, type Draft } from "./use-report.ts";

const PlacePicker = lazy(async () => ({
  default: (await import("../../shared/place-picker.tsx")).PlacePicker,
}));

const CategoryNote = ({ code }: { code: string | undefined }) => {
  const { t } = useTranslation();
  const { data } = useQuery(categoriesQuery);
  const category = data?.find((c) => c.categoryCode === code);
  if (!category) return null;
  return (
    <>
      {category.emergency && (
        <p className="emergency-note" role="alert">
          {t("emergencyCall")}
        </p>
      )}
      <p className="hint">
        <NetTag net={category.net} /> {t(`tier>${category.startTier}`)}
        {category.ownerUnitName !== null && ` · ${category.ownerUnitName}`}
        {" · "}
        {t("case>limitIs", {
          amount: category.limit.amount,
          unit: t(`limitUnit>${category.limit.unit}`),
        })}
      </p>
    </>
  );
};

const ReportForm = ({ onAgain }: { onAgain: () => void }) => {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [photos, setPhotos] = useState<PhotosState>({ sentIds: [], busy: false });
  const send = useReport();
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const missing = missingIn(draft);
  if (send.data) return <ReportDone accepted={send.data} onAgain={onAgain} />;
  return (
    <div className="report-columns">
      <form
        className="report-form"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate({ ...draft, attachmentIds: photos.sentIds });
        }}
      >
        <span>{t("report>source")}</span>
        <div>
          <Choice
            words={t("report>sourceHint")}
            options={BEHALF_SOURCES.map((value) => ({ value, words: t(`source>${value}`) }))}
            value={draft.source}
            onChange={(source) => change({ source })}
          />
          {draft.source !== "walk_in" && (
            <Input
              aria-label={t("report>sourceNumber")}
              placeholder={t("report>sourceNumber")}
              maxLength={40}
              value={draft.sourceNumber}
              onChange={(event) => change({ sourceNumber: event.target.value })}
            />
          )}
        </div>
        {draft.source !== "department" && (
          <>
            <label htmlFor="report-contact">{t("report>contact")}</label>
            <div>
              <Input
                id="report-contact"
                maxLength={60}
                autoComplete="off"
                placeholder={t("report>contactHint")}
                value={draft.contact}
                onChange={(event) => change({ contact: event.target.value })}
              />
              {draft.contact.trim() !== "" && (
                <Checkbox
                  checked={draft.agreed}
                  onChange={(event) => change({ agreed: event.target.checked })}
                >
                  {t("report>consent")}
                </Checkbox>
              )}
            </div>
          </>
        )}
        <label htmlFor="report-category">{t("report>category")}</label>
        <div>
          <CategorySelect
            id="report-category"
            label={t("report>category")}
            value={draft.categoryCode}
            onChange={(categoryCode) => change({ categoryCode })}
          />
          <CategoryNote code={draft.categoryCode} />
        </div>
        <label htmlFor="report-words">{t("report>description")}</label>
        <Input.TextArea
          id="report-words"
          rows={4}
          maxLength={1000}
          showCount
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
        <label htmlFor="report-address">{t("report>address")}</label>
        <div>
          <Input
            id="report-address"
            maxLength={200}
            placeholder={t("report>addressHint")}
            value={draft.address}
            onChange={(event) => change({ address: event.target.value })}
          />
          <ResponsibleNote place={draft.place} />
        </div>
        <span>{t("report>photos")}</span>
        <PhotoInput onChange={setPhotos} />
        {send.error && <ErrorNote error={send.error} />}
        <div className="report-submit">
          <Button
            type="primary"
            htmlType="submit"
            loading={send.isPending}
            disabled={missing !== null || photos.busy}
          >
            {t("report>submit")}
          </Button>
          {missing && <span className="hint">{t(`report>missing_${missing}`)}</span>}
        </div>
      </form>
      <section className="report-map" aria-label={t("report>place")}>
        <Suspense fallback={<Loading />}>
          <PlacePicker value={draft.place} onChange={(place: LngLat) => change({ place })} />
        </Suspense>
      </section>
    </div>
  );
};

/** Report on behalf of somebody who phoned or wrote: each form is one case with one id. */
export const ReportScreen = () => {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  return (
    <div className="page report">
      <header className="page-head">
        <h1>{t("report>title")}</h1>
        <p>{t("report>lead")}</p>
      </header>
      <ReportForm key={round} onAgain={() => setRound(round + 1)} />
    </div>
  );
};
