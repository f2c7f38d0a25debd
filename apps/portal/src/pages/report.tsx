import type {
  Category,
  PortalFormProblem,
  PortalReportForm,
  SendingChannel,
} from "@onegrid/contract";
import { NETS, PHOTOS_PER_CASE } from "@onegrid/contract";
import { Emergency } from "../parts/emergency.tsx";
import { described, ErrorSummary, Field } from "../parts/form-parts.tsx";
import { MapBox } from "../parts/map-box.tsx";
import { channelsKey, UpdatesControls } from "../parts/updates-field.tsx";
import type { View } from "../view.ts";

type Part = { form: PortalReportForm; problems: PortalFormProblem[]; view: View };

const CategoryField = ({ form, problems, view, categories }: Part & { categories: Category[] }) => {
  const { t } = view;
  return (
    <Field
      field="categoryCode"
      label={t("portal>report>category")}
      hint={t("portal>report>categoryHint")}
      problems={problems}
      view={view}
    >
      <select
        id="categoryCode"
        name="categoryCode"
        defaultValue={form.categoryCode}
        required
        {...described("categoryCode", problems)}
      >
        <option value="">{t("portal>report>chooseCategory")}</option>
        {NETS.map((net) => (
          <optgroup key={net} label={t(`net>${net}`)}>
            {categories
              .filter((category) => category.net === net)
              .map((category) => (
                <option
                  key={category.categoryCode}
                  value={category.categoryCode}
                  data-words={category.words.join(" ")}
                  data-emergency={category.emergency ? "" : undefined}
                >
                  {category.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </Field>
  );
};

const PlaceField = ({ form, problems, view }: Part) => {
  const { t } = view;
  return (
    <fieldset className="place">
      <legend>{t("portal>report>place")}</legend>
      <MapBox kind="place" view={view} label={t("portal>map>placeLabel")} />
      <input type="hidden" name="lng" value={form.lng} />
      <input type="hidden" name="lat" value={form.lat} />
      <input type="hidden" name="accuracyM" value={form.accuracyM} />
      <input type="hidden" name="componentCode" value={form.componentCode} />
      <input type="hidden" name="componentName" value={form.componentName} />
      <Field
        field="place"
        label={t("portal>report>address")}
        hint={t("portal>report>addressHint")}
        problems={problems}
        view={view}
      >
        <input
          id="address"
          name="address"
          defaultValue={form.address}
          maxLength={200}
          autoComplete="off"
          {...described("place", problems)}
        />
      </Field>
    </fieldset>
  );
};

const PhotoField = ({ form, problems, view }: Part) => {
  const { t } = view;
  return (
    <Field
      field="photos"
      label={t("portal>report>photos")}
      hint={t("portal>report>photosHint", { most: PHOTOS_PER_CASE })}
      problems={problems}
      view={view}
    >
      {form.attachmentIds.length > 0 && (
        <ul className="kept-photos">
          {form.attachmentIds.map((id, index) => (
            <li key={id}>
              <label>
                <input type="checkbox" name="attachmentIds" value={id} defaultChecked />
                {t("portal>report>keptPhoto", { n: index + 1 })}
              </label>
            </li>
          ))}
        </ul>
      )}
      <input
        id="photos"
        name="photos"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        multiple
        data-most={PHOTOS_PER_CASE}
        {...described("photos", problems)}
      />
    </Field>
  );
};

const ContactField = ({ form, problems, view, keptDays }: Part & { keptDays: number }) => {
  const { t } = view;
  return (
    <Field
      field="contact"
      label={t("portal>report>contact")}
      hint={t("portal>report>contactHint", { days: keptDays })}
      problems={problems}
      view={view}
    >
      <input
        id="contact"
        name="contact"
        defaultValue={form.contact}
        maxLength={60}
        autoComplete="tel"
        {...described("contact", problems)}
      />
      <label className="tick">
        <input
          type="checkbox"
          name="contactAgreed"
          value="yes"
          defaultChecked={form.contactAgreed === "yes"}
        />
        <span>{t("portal>report>contactConsent")}</span>
      </label>
    </Field>
  );
};

const UpdatesField = (props: Part & { keptDays: number; offered: SendingChannel[] }) => {
  const { form, problems, view, keptDays, offered } = props;
  const { t } = view;
  const described_ = described("updates", problems);
  return (
    <Field
      field="updates"
      label={t(`portal>updates>label>${channelsKey(offered)}`)}
      hint={t("portal>updates>hint")}
      problems={problems}
      view={view}
    >
      <UpdatesControls
        id="updatesTo"
        offered={offered}
        updatesTo={form.updatesTo}
        agreed={form.updatesAgreed === "yes"}
        keptDays={keptDays}
        describedBy={described_["aria-describedby"]}
        invalid={"aria-invalid" in described_}
        view={view}
      />
    </Field>
  );
};

/** People never see or fill this; programs that fill every field do. */
const Trap = ({ view: { t } }: { view: View }) => (
  <div className="trap" aria-hidden="true">
    <label>
      {t("portal>report>trap")}
      <input name="website" tabIndex={-1} autoComplete="off" defaultValue="" />
    </label>
  </div>
);

/** A report on one page; the answer to a mistake is this page again with everything still in it. */
export const ReportPage = (
  props: Part & { categories: Category[]; contactKeptDays: number; offered: SendingChannel[] },
) => {
  const { form, problems, categories, contactKeptDays, offered, view } = props;
  const { t } = view;
  const chosen = categories.find((category) => category.categoryCode === form.categoryCode);
  return (
    <div className="narrow">
      <h1>{t("portal>report>heading")}</h1>
      <Emergency view={view} loud={chosen?.emergency ?? false} />
      <ErrorSummary problems={problems} view={view} />
      <form id="report" method="post" action="/report" encType="multipart/form-data">
        <input type="hidden" name="caseId" value={form.caseId} />
        <input type="hidden" name="seal" value={form.seal} />
        <CategoryField form={form} problems={problems} view={view} categories={categories} />
        <PlaceField form={form} problems={problems} view={view} />
        <Field
          field="description"
          label={t("portal>report>description")}
          hint={t("portal>report>descriptionHint")}
          problems={problems}
          view={view}
        >
          <textarea
            id="description"
            name="description"
            rows={4}
            maxLength={1000}
            defaultValue={form.description}
            required
            {...described("description", problems)}
          />
        </Field>
        <PhotoField form={form} problems={problems} view={view} />
        <ContactField form={form} problems={problems} view={view} keptDays={contactKeptDays} />
        {offered.length > 0 && (
          <UpdatesField
            form={form}
            problems={problems}
            view={view}
            keptDays={contactKeptDays}
            offered={offered}
          />
        )}
        <Trap view={view} />
        <p className="send">
          <button className="button primary">{t("portal>report>send")}</button>
        </p>
        <output className="send-status" />
      </form>
    </div>
  );
};
