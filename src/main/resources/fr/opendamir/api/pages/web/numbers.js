// Figures, units and months as people write them.

import { language } from "./words.js";

const LOCALE = language === "en" ? "en-GB" : "fr-FR";

/** @type {Record<string, [string, string]>} */
const UNITS = {
  EUR: ["€", "€"],
  acts: ["actes", "acts"],
  ratio: ["%", "%"],
  "EUR/act": ["€ par acte", "€ per act"],
  "EUR/inhabitant/year": ["€ par habitant et par an", "€ per inhabitant and year"],
  "acts/1000 inhabitants/year": ["actes pour 1 000 habitants et par an", "acts per 1,000 inhabitants and year"],
};

/** The unit that figures of a measure are shown in. @param {string} unit */
export function unitName(unit) {
  return UNITS[unit]?.[language === "en" ? 1 : 0] ?? unit;
}

/**
 * Whether figures of a unit add up, so that a map must not shade them: shading would show the population.
 * @param {string} unit
 */
export function isSum(unit) {
  return unit === "EUR" || unit === "acts";
}

const money = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumFractionDigits: 1 });
const small = new Intl.NumberFormat(LOCALE, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });

/** A figure in full, without its unit. @param {number} value @param {string} unit */
export function figure(value, unit) {
  if (unit === "ratio") {
    return money.format(value * 100);
  }
  return unit === "acts" ? whole.format(value) : money.format(value);
}

/** A figure in short, without its unit, for charts. @param {number} value @param {string} unit */
export function brief(value, unit) {
  const shown = unit === "ratio" ? value * 100 : value;
  if (unit === "ratio" || (Math.abs(shown) < 1000 && !Number.isInteger(shown))) {
    return small.format(shown);
  }
  return compact.format(shown);
}

/** A round figure of an axis, without its unit. @param {number} value @param {string} unit */
export function tickText(value, unit) {
  return compact.format(unit === "ratio" ? value * 100 : value);
}

/** A figure in short with its unit. @param {number} value @param {string} unit */
export function briefWithUnit(value, unit) {
  return `${brief(value, unit)}\u00a0${unitName(unit).split(" ")[0]}`;
}

/** @param {number} value */
export function count(value) {
  return whole.format(value);
}

/** A share between 0 and 1. @param {number} value */
export function percent(value) {
  return new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 }).format(value);
}

/** A month such as 2024-01 in words. @param {string} month */
export function monthName(month) {
  const date = new Date(`${month}-01T00:00:00Z`);
  return Number.isNaN(date.getTime())
    ? month
    : date.toLocaleDateString(LOCALE, { month: "long", year: "numeric", timeZone: "UTC" });
}

/** The label of a month on an axis. @param {string} month */
export function shortMonth(month) {
  const date = new Date(`${month}-01T00:00:00Z`);
  return Number.isNaN(date.getTime())
    ? month
    : date.toLocaleDateString(LOCALE, { month: "short", year: "2-digit", timeZone: "UTC" });
}

/** @param {Date} date */
export function dayName(date) {
  return date.toLocaleDateString(LOCALE, { day: "numeric", month: "long", year: "numeric" });
}
