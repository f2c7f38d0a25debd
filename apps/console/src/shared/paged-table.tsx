import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { EmptyNote, ErrorNote } from "./states.tsx";

type Props<Row extends object, Page> = {
  query: UseInfiniteQueryResult<InfiniteData<Page>>;
  rowsOf: (page: Page) => readonly Row[];
  columns: TableColumnsType<Row>;
  rowKey: keyof Row & string;
  /** Below this width in pixels the table scrolls sideways by itself, the page never does. */
  minWidth: number;
  /** What an empty list says. */
  empty: string;
};

/** A register page by page: on its way, empty, failed with a way on, and more when there is more. */
export const PagedTable = <Row extends object, Page>({
  query,
  rowsOf,
  columns,
  rowKey,
  minWidth,
  empty,
}: Props<Row, Page>) => {
  const { t } = useTranslation();
  if (query.error) return <ErrorNote error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <Table<Row>
        size="small"
        rowKey={rowKey}
        loading={query.isPending || query.isPlaceholderData}
        columns={columns}
        dataSource={query.data?.pages.flatMap((page) => [...rowsOf(page)]) ?? []}
        pagination={false}
        scroll={{ x: minWidth }}
        locale={{ emptyText: <EmptyNote words={empty} /> }}
      />
      {query.hasNextPage && (
        <Button
          block
          className="more-button"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("organisations>more")}
        </Button>
      )}
    </>
  );
};
