/**
 * The web UI: an embedded Jetty server, Locust's HTTP API, our own page and the HTML report.
 *
 * <p>{@link io.katydid.web.JettyWebConsole} puts the parts together; {@link io.katydid.web.WebHandler} turns a Jetty
 * request into a {@link io.katydid.web.WebRequest}, finds its route in {@link io.katydid.web.Routes} and writes the
 * {@link io.katydid.web.WebReply}. Routes know the run only through {@link io.katydid.console.TestConsole}. Requests
 * run on Jetty's threads; nothing here keeps state of the run except caches of readings.
 */
package io.katydid.web;
