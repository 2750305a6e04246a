/**
 * Text made of statistics: console tables, CSV, JSON, task ratios, byte for byte as Locust writes them, because
 * people's scripts read them. Works on copies from {@link io.katydid.stats}; keeps no state of a run except the open
 * CSV files.
 */
package io.katydid.report;
