import type { Plugin } from "vite";

/** Stands in the built page where the server writes a nonce of each answer. */
export const NONCE_PLACEHOLDER = "ONEGRID_STYLE_NONCE";

const MAKES_STYLE = /document\.createElement\((['"])style\1\)/g;
const WITH_NONCE =
  "Object.assign(document.createElement('style')," +
  "{nonce:document.querySelector('meta[property=csp-nonce]')?.nonce??''})";
const SETS_ATTRIBUTE = /(\w+)\.setAttribute\((['"])style\2,\s*([^;]+)\);/g;

/**
 * antd makes its styles while it runs. The page's policy takes no style element without the nonce
 * and no style attribute at all; antd passes a nonce on in some places and not in others (locking
 * the scroll bar, measuring it). So every style element that its packages make gets the nonce where
 * it is made, and what they write as an attribute is set as a property, which the policy allows.
 * Fails the build when a new version makes its styles in another way.
 */
export const styleNonce = (): Plugin => {
  const changed = new Set<string>();
  return {
    name: "onegrid-style-nonce",
    apply: "build",
    transform(code, id) {
      const [, path] =
        /node_modules\/((?:@rc-component|@ant-design|antd)\/.+\.m?js)$/.exec(id) ?? [];
      if (path === undefined) return null;
      const mended = code
        .replaceAll(MAKES_STYLE, WITH_NONCE)
        .replaceAll(SETS_ATTRIBUTE, "$1.style.cssText = $3;");
      if (mended === code) return null;
      changed.add(path);
      return { code: mended, map: null };
    },
    buildEnd(error) {
      if (error !== undefined) return;
      for (const path of [
        "@rc-component/util/es/Dom/dynamicCSS.js",
        "@ant-design/icons/es/cssUtils.js",
      ]) {
        if (!changed.has(path)) this.error(`${path} makes its styles in another way than before`);
      }
    },
  };
};
