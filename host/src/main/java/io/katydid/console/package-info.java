/**
 * The port between a run and whoever shows or steers it: the web UI, the HTML report, `/metrics`.
 *
 * <p>{@link io.katydid.console.TestConsole} is what the runners offer; {@link io.katydid.console.WebConsole} and {@link
 * io.katydid.console.HtmlReport} are what the {@code web-ui} module offers, found with {@code ServiceLoader}. Values
 * that cross the port are immutable; no runner type crosses it.
 */
package io.katydid.console;
