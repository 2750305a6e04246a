/**
 * Log lines as Locust prints them, and the last 500 of them for the web UI. One {@link io.katydid.log.Logging} a
 * process, made by the wiring and handed to whoever logs; nothing here is static.
 */
package io.katydid.log;
