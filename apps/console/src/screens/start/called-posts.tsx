import { applyForPost, listCalledPosts, type CalledPost } from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";
import { ErrorNote } from "../../shared/states.tsx";

const KEY = ["called-posts"];

const Application = ({ post }: { post: CalledPost }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const [candidacyId] = useState(newId);
  const { reassignmentId, postCode } = post;
  const apply = useMutation({
    mutationFn: () =>
      client.call(applyForPost, { body: { reassignmentId, candidacyId, postCode, words } }),
    onSuccess: (answer) => queries.setQueryData(KEY, answer),
  });
  const id = `apply-${postCode}`;
  return (
    <>
      <label htmlFor={id}>{t("called>words")}</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={500}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <Button type="primary" loading={apply.isPending} onClick={() => apply.mutate()}>
        {t("called>apply")}
      </Button>
      {apply.error && <ErrorNote error={apply.error} />}
    </>
  );
};

const Called = ({ post, isListed }: { post: CalledPost; isListed: boolean }) => {
  const { t } = useTranslation();
  const { own, postName, gridName, streetName, duties } = post;
  return (
    <li>
      <details>
        <summary>
          {streetName} {gridName} {postName}
          {own !== null && ` · ${t(`called>${own.way}`)} · ${t(`candidacyState>${own.state}`)}`}
        </summary>
        <ol>
          {duties.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ol>
        {own === null && isListed && <Application post={post} />}
        {own !== null && own.reason !== null && own.reason !== "" && <p>{own.reason}</p>}
      </details>
    </li>
  );
};

/** 报名: posts that a street's reassignment calls for, applied for from one's own account. */
export const CalledPosts = () => {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => client.call(listCalledPosts, {}, { signal }),
  });
  if (data === undefined || data.posts.length === 0) return null;
  return (
    <section className="my-duties" aria-label={t("called>title")}>
      <h2>{t("called>title")}</h2>
      {!data.isListed && <p className="hint">{t("called>notListed")}</p>}
      <ul>
        {data.posts.map((post) => (
          <Called key={post.postCode} post={post} isListed={data.isListed} />
        ))}
      </ul>
    </section>
  );
};
