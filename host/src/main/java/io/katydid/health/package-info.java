/**
 * How the load generator itself is doing. A generator that is late or short of CPU reports its own delay as the server's,
 * so it says so: in the log, the reports and the web UI.
 */
package io.katydid.health;
