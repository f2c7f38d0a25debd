import type { Component, LngLat } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { Alert, App, Button, Form, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/states.tsx";
import { ComponentFields } from "./component-fields.tsx";
import {
  fieldProblems,
  isConflict,
  readComponent,
  usePutComponent,
  type ComponentBody,
} from "./component-queries.ts";

export type Fields = Pick<ComponentBody, "name" | "categoryCode" | "condition" | "restricted"> & {
  componentCode: string;
  ownerUnitCode?: string | null;
  address?: string | null;
  location: LngLat;
};

const EMPTY = { condition: "intact", restricted: false } as const;

const startOf = (component: Component | null): Partial<Fields> =>
  component === null
    ? EMPTY
    : { ...component, location: { lng: component.lng, lat: component.lat } };

type Props = {
  component: Component | null;
  onClose: () => void;
  onReload: (fresh: Component) => void;
};

/** Adds a component or writes what it is now; somebody else's change is shown, never run over. */
export const ComponentDialog = ({ component, onClose, onReload }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const put = usePutComponent();
  const save = ({ ownerUnitCode, address, ...fields }: Fields) =>
    put.mutate(
      {
        ...fields,
        baseVersion: component?.version ?? 0,
        ownerUnitCode: ownerUnitCode ?? null,
        address: address?.trim() || null,
      },
      {
        onSuccess: ({ gridName }) => {
          void message.success(t("components>saved", { grid: gridName }));
          onClose();
        },
        onError: (error) =>
          form.setFields(
            fieldProblems(error).map(({ field, code }) => ({
              name: field as keyof Fields,
              errors: [problemWords(t, { problem: { code } })],
            })),
          ),
      },
    );
  const reload = async (code: string) => onReload(await readComponent(code));
  return (
    <Modal
      open
      width={720}
      title={
        component === null
          ? t("components>add")
          : t("components>editTitle", { name: component.name, code: component.componentCode })
      }
      okText={t("common>save")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={put.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={startOf(component)}
        onFinish={save}
      >
        <ComponentFields isNew={component === null} />
      </Form>
      {component !== null && isConflict(put.error) ? (
        <Alert
          type="warning"
          showIcon
          title={problemWords(t, put.error)}
          action={
            <Button size="small" onClick={() => void reload(component.componentCode)}>
              {t("configuration>reload")}
            </Button>
          }
        />
      ) : (
        put.error && <ErrorNote error={put.error} />
      )}
    </Modal>
  );
};
