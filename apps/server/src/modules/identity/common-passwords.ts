/**
 * Words at the heart of the most used passwords, lower case and without digits around them where
 * the rule strips those; whole strings where digits are the point. A short list on purpose: with
 * ten characters at least, patterns and replaced letters are judged by rule (password-rules.ts).
 */
const WORDS = `
password passwords passwort passphrase qwerty qwertyui qwertyuiop qwertyqwerty asdfghjkl asdfghjklm
asdfasdf zxcvbnm zxcvbnmzxcvbnm qazwsx qazwsxedc qazwsxedcrfv iloveyou ilovechina iloveyouforever
woaini woainima wodemima mima mimamima administrator admin adminadmin rootroot root superuser
superman welcome welcometo letmein letmeinnow changeme changemenow default secret topsecret
trustno trustnoone sunshine princess dragon football baseball basketball monkey shadow master
michael jordan jennifer hunter liverpool chelsea arsenal computer internet samsung huawei xiaomi
china zhongguo beijing shanghai chongqing dianjiang onegrid grid wangge wanggeyuan sichuan
guangdong shequ jiedao dangjian wangyi taobao alibaba tencent weixin wechat qqqq aini aiwo
woaizhongguo qwer qwerasdf qwerasdfzxcv asdf abcd abcdef abcdefg abcdefgh abcdefghij aaaaaaaaaa
starwars pokemon batman spiderman whatever freedom mustang access hello helloworld test testing
testtest tester guest guestguest user username login loginlogin temp temporary summer winter
spring autumn monday january february happy happynewyear money love lovely ashley charlie
`;
const STRINGS = `
1234567890 0123456789 12345678910 9876543210 0987654321 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc
1qaz2wsx3e qaz123wsx1 5201314520 5201314521 1314520520 1314520521 1234554321 1122334455 1029384756
1212121212 147258369 1472583690 7894561230 123qweasdzxc 123456qwerty qwerty123456 a123456789
aa123456789 abc123456789 a1234567890 123456789a 123456abcdef 1qazxsw23edc zaq12wsxcde3 q1w2e3r4t5
q1w2e3r4t5y6 asd123456789 zxc123456789 woaini1314 woaini1314520 woaini520 qq123456789 wang123456
li123456789 zhang123456 password123 password1234 admin123456 admin12345 p@ssw0rd123
`;

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `${WORDS} ${STRINGS}`.split(/\s+/).filter((word) => word !== ""),
);
