import { CONTACT_REASONS, openReporterContact, type ContactReason } from "@onegrid/contract";
import { useMutation } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { useSession } from "../../platform/session.ts";
import { ErrorNote } from "../../shared/states.tsx";

const MAY_ASK: ReadonlySet<string> = new Set(["head", "street", "department", "county_centre"]);

/** Hidden until somebody says why they need it; the look is recorded. Nothing of it is kept. */
export const ReporterContact = ({ caseId }: { caseId: string }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const [reason, setReason] = useState<ContactReason>();
  const open = useMutation({
    mutationFn: (why: ContactReason) =>
      client.call(openReporterContact, { params: { caseId }, body: { reason: why } }),
    gcTime: 0,
  });
  if (!MAY_ASK.has(account.role)) return null;
  return (
    <section className="reporter-contact" aria-labelledby="reporter-contact">
      <h3 id="reporter-contact">{t("contact>title")}</h3>
      {open.data ? (
        <p>
          <strong>{open.data.contact}</strong>
        </p>
      ) : (
        <p>
          <Select
            value={reason}
            onChange={setReason}
            aria-label={t("contact>why")}
            placeholder={t("contact>why")}
            className="contact-reason"
            options={CONTACT_REASONS.map((value) => ({ value, label: t(`contact>${value}`) }))}
          />
          <Button
            disabled={reason === undefined}
            loading={open.isPending}
            onClick={() => reason && open.mutate(reason)}
          >
            {t("contact>show")}
          </Button>
        </p>
      )}
      <small>{t("contact>note")}</small>
      {open.error && <ErrorNote error={open.error} />}
    </section>
  );
};
