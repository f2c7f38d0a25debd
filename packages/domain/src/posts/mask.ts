/** 138****1234: enough to tell two numbers apart, too little to call. */
export const maskPhone = (phone: string): string =>
  phone.length < 8 ? "****" : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** 500231********123X: county and the last four signs. */
export const maskIdNumber = (idNumber: string): string =>
  idNumber.length < 15 ? "****" : `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_SIGNS = "10X98765432";

/** GB 11643-1999: 17 figures and the sign that ISO 7064 MOD 11-2 makes of them. */
export const isIdNumber = (text: string): boolean => {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return CHECK_SIGNS[sum % 11] === text[17];
};
