package io.katydid.cli;

import static io.katydid.cli.ValueKind.COUNT;
import static io.katydid.cli.ValueKind.INTEGER;
import static io.katydid.cli.ValueKind.POSITIVE_INTEGER;
import static io.katydid.cli.ValueKind.RATE;
import static io.katydid.cli.ValueKind.TEXT;
import static io.katydid.cli.ValueKind.TIME_SPAN;
import static io.katydid.cli.ValueKind.UPPER_CASE;

import io.katydid.cli.OptionSpec.Role;
import java.util.List;

/**
 * The table of all built-in options (spec cli.md sections 2 and 6). To add one, add a row: environment, config files,
 * help and {@code parsed_options} follow from it.
 */
final class LocustOptions {
  static final List<String> LOG_LEVELS = List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
  static final List<String> THREAD_KINDS = List.of("virtual", "platform");

  private static final String STEP_LOAD = "step load is gone since Locust 1.4: describe the steps with a LoadTestShape"
      + " class in the locustfile (see locustfiles/shape.py)";

  private LocustOptions() {
  }

  static List<OptionSpec> table() {
    OptionRows rows = new OptionRows();
    common(rows.under(OptionGroup.COMMON));
    web(rows.under(OptionGroup.WEB));
    master(rows.under(OptionGroup.MASTER));
    worker(rows.under(OptionGroup.WORKER));
    tags(rows.under(OptionGroup.TAGS));
    statistics(rows.under(OptionGroup.STATISTICS));
    logging(rows.under(OptionGroup.LOGGING));
    other(rows.under(OptionGroup.OTHER));
    katydid(rows.under(OptionGroup.KATYDID));
    oldSpellings(rows);
    return rows.rows();
  }

  private static void common(OptionRows rows) {
    rows
        .answer("-h --help", Role.HELP, "Print this text and stop")
        .value("-f --locustfile", "LOCUST_LOCUSTFILE", TEXT, "locustfile.py", "locustfile", "<filename>",
            "Where the test is: a .py file, several separated by commas, a folder, or an http(s) address."
            + " Default: locustfile.py")
        .value("--config", null, TEXT, null, "config", "<filename>",
            "One more file with options, as lines of 'name = value' or as TOML with a [tool.locust] table."
            + " ~/.locust.conf, locust.conf and pyproject.toml are read anyway")
        .value("-H --host", "LOCUST_HOST", TEXT, null, "host", "<base url>",
            "The system to test, for example https://www.example.com")
        .value("-u --users", "LOCUST_USERS", COUNT, null, "num_users", "<int>",
            "How many users to run at the peak. Starts the test only with --headless or --autostart; during the test"
            + " the keys w, W (1, 10 more) and s, S (1, 10 fewer) change it")
        .value("-r --spawn-rate", "LOCUST_SPAWN_RATE", RATE, null, "spawn_rate", "<float>",
            "How many users to start a second. Used with --headless or --autostart")
        .value("-t --run-time", "LOCUST_RUN_TIME", TIME_SPAN, null, "run_time", "<time string>",
            "Stop after this time, such as 300s, 20m, 3h or 1h30m. Used with --headless or --autostart. Default: run"
            + " until stopped")
        .flag("-l --list", null, "list_commands", "Print the names of the User classes and stop")
        .list("--config-users", "LOCUST_CONFIG_USERS", "config_users", "CONFIG_USERS",
            "Attributes of User classes as JSON objects, arrays of them, or names of .json files");
  }

  private static void web(OptionRows rows) {
    rows
        .value("--web-host", "LOCUST_WEB_HOST", TEXT, "", "web_host", "<ip>",
            "Address the web UI listens on. Default: all")
        .hiddenValue("--web-host-display-name", "LOCUST_WEB_HOST_DISPLAY_NAME", null, "web_host_display_name")
        .value("--web-port -P", "LOCUST_WEB_PORT", INTEGER, 8089, "web_port", "<port number>",
            "Port of the web UI. Default: 8089")
        .flag("--headless", "LOCUST_HEADLESS", "headless",
            "No web UI: start the test at once, with the numbers of -u, -r and -t")
        .flag("--autostart", "LOCUST_AUTOSTART", "autostart", "Start the test at once and keep the web UI")
        .value("--autoquit", "LOCUST_AUTOQUIT", INTEGER, -1, "autoquit", "<seconds>",
            "With --autostart: end the program this many seconds after the test. Default: stay until CTRL+C")
        .hiddenFlag("--headful", "LOCUST_HEADFUL", "headful")
        .refused("--web-auth", "LOCUST_WEB_AUTH", 1, null, "web_auth",
            "The --web-auth parameters has been replaced with --web-login. See"
            + " https://docs.locust.io/en/stable/extending-locust.html#authentication for details")
        .flag("--web-login", "LOCUST_WEB_LOGIN", "web_login",
            "Put a login page in front of the web UI; the locustfile says who may pass")
        .value("--tls-cert", "LOCUST_TLS_CERT", TEXT, "", "tls_cert", "<filename>",
            "Certificate to serve the web UI over HTTPS")
        .value("--tls-key", "LOCUST_TLS_KEY", TEXT, "", "tls_key", "<filename>", "Private key of that certificate")
        .flag("--class-picker", "LOCUST_USERCLASS_PICKER", "class_picker",
            "Let the web UI choose User classes and the load shape")
        .hiddenValue("--build-path", "LOCUST_BUILD_PATH", "", "build_path")
        .refused("--legacy-ui", "LOCUST_LEGACY_UI", 0, false, "legacy_ui",
            "--legacy-ui is no longer supported, remove the parameter to continue")
        .value("--web-base-path", "LOCUST_WEB_BASE_PATH", TEXT, "", "web_base_path", "<path>",
            "Path the web UI lives under, for example /locust. Default: the root");
  }

  private static void master(OptionRows rows) {
    rows
        .flag("--master", "LOCUST_MODE_MASTER", "master", "Lead a distributed run: workers connect to this process")
        .value("--master-bind-host", "LOCUST_MASTER_BIND_HOST", TEXT, "*", "master_bind_host", "<ip>",
            "Address to listen on for workers. Default: all")
        .value("--master-bind-port", "LOCUST_MASTER_BIND_PORT", INTEGER, 5557, "master_bind_port", "<port number>",
            "Port to listen on for workers. Default: 5557")
        .value("--expect-workers", "LOCUST_EXPECT_WORKERS", POSITIVE_INTEGER, 1, "expect_workers", "<int>",
            "With --headless or --autostart: start when this many workers are there")
        .value("--expect-workers-max-wait", "LOCUST_EXPECT_WORKERS_MAX_WAIT", INTEGER, 0, "expect_workers_max_wait",
            "<int>", "Give up when they are not there after this many seconds. Default: wait for ever")
        .flag("--enable-rebalancing", null, "enable_rebalancing",
            "Spread the users anew when a worker joins or leaves during the test");
  }

  private static void worker(OptionRows rows) {
    rows
        .flag("--worker", "LOCUST_MODE_WORKER", "worker",
            "Make load for a master. '-f -' takes the locustfile from the master")
        .value("--processes", "LOCUST_PROCESSES", INTEGER, null, "processes", "<int>",
            "Run this many workers here; -1 for one a processor core. Without --worker a master is"
            + " started for them too")
        .value("--master-host", "LOCUST_MASTER_NODE_HOST", TEXT, "127.0.0.1", "master_host", "<hostname>",
            "Where the master is. Default: 127.0.0.1")
        .value("--master-port", "LOCUST_MASTER_NODE_PORT", INTEGER, 5557, "master_port", "<port number>",
            "The master's port. Default: 5557");
  }

  private static void tags(OptionRows rows) {
    rows
        .list("-T --tags", "LOCUST_TAGS", "tags", "<tag>", "Run only tasks with one of these tags")
        .list("-E --exclude-tags", "LOCUST_EXCLUDE_TAGS", "exclude_tags", "<tag>",
            "Leave out tasks with one of these tags");
  }

  private static void statistics(OptionRows rows) {
    rows
        .value("--csv", "LOCUST_CSV", TEXT, null, "csv_prefix", "<prefix>",
            "Write statistics to <prefix>_stats.csv, <prefix>_stats_history.csv, <prefix>_failures.csv and"
            + " <prefix>_exceptions.csv; missing folders are created")
        .flag("--csv-full-history", "LOCUST_CSV_FULL_HISTORY", "stats_history_enabled",
            "With --csv: every request name in the history file, not only the total")
        .flag("--print-stats", "LOCUST_PRINT_STATS", "print_stats", "Print the statistics now and then with web UI too")
        .flag("--only-summary", "LOCUST_ONLY_SUMMARY", "only_summary", "Print the statistics only at the end")
        .flag("--reset-stats", "LOCUST_RESET_STATS", "reset_stats",
            "Start counting anew when all users are there. In a distributed run give it to master and workers")
        .value("--html", "LOCUST_HTML", TEXT, null, "html_file", "<filename>",
            "Write a report at the end. {u}, {r} and {t} in the name become users, spawn rate and run time")
        .flag("--json", null, "json",
            "Print the final statistics as JSON on standard output. With --headless and --skip-log-setup nothing else"
            + " is printed")
        .value("--json-file", null, TEXT, null, "json_file", "<filename>",
            "Write the final statistics as JSON to <filename>.json");
  }

  private static void logging(OptionRows rows) {
    rows
        .flag("--skip-log-setup", "LOCUST_SKIP_LOG_SETUP", "skip_log_setup",
            "Leave logging to the locustfile")
        .choice("--loglevel -L", "LOCUST_LOGLEVEL", "INFO", "loglevel", "<level>", LOG_LEVELS, UPPER_CASE,
            "DEBUG, INFO, WARNING, ERROR or CRITICAL. Default: INFO")
        .value("--logfile", "LOCUST_LOGFILE", TEXT, null, "logfile", "<filename>",
            "Write the log to this file. Default: standard error");
  }

  private static void other(OptionRows rows) {
    rows
        .flag("--show-task-ratio", null, "show_task_ratio",
            "Print how often each task is run and stop. Give -u too if classes have a fixed_count")
        .flag("--show-task-ratio-json", null, "show_task_ratio_json", "The same as JSON")
        .answer("--version -V", Role.VERSION, "Print the version and stop")
        .value("--exit-code-on-error", "LOCUST_EXIT_CODE_ON_ERROR", INTEGER, 1, "exit_code_on_error", "<int>",
            "Exit code of a test with failures or errors. Default: 1")
        .value("-s --stop-timeout", "LOCUST_STOP_TIMEOUT", TIME_SPAN, 0, "stop_timeout", "<number>",
            "Let running tasks go on for this long when users are stopped. Default: stop at once. In a distributed run"
            + " only the master needs it")
        .flag("--equal-weights", null, "equal_weights", "Give all tasks and classes the same weight")
        .value("--profile", null, TEXT, null, "profile", "<text>", "A word to tell test runs apart by")
        .flag("--otel", "LOCUST_ENABLE_OPENTELEMETRY", "otel", "Trace requests with OpenTelemetry");
  }

  private static void katydid(OptionRows rows) {
    rows
        .choice("--user-threads", "KATYDID_USER_THREADS", null, "user_threads", "<kind>", THREAD_KINDS, TEXT,
            "What a user runs on: 'virtual' or 'platform' threads")
        .value("--warm-up", "KATYDID_WARM_UP", TIME_SPAN, 0, "warm_up", "<time string>",
            "Do not count what users do in this time at the start of a test; --run-time begins after it. Default: 0")
        .flag("--no-idle-warm-up", "KATYDID_NO_IDLE_WARM_UP", "no_idle_warm_up",
            "Do nothing while waiting for the first test. Default: Python's compiler is warmed up with requests to a"
                + " server in this process")
        .flag("--no-reload", "KATYDID_NO_RELOAD", "no_reload",
            "Keep using the locustfile as it was at the start. Default: when it or a module beside it has changed, the"
                + " next test uses the new one")
        .value("--max-response-mb", "KATYDID_MAX_RESPONSE_MB", POSITIVE_INTEGER, 512, "max_response_mb", "<int>",
            "Largest body of a response, as it comes and decompressed: what is larger is a failure and does not fill the"
                + " memory. Default: 512");
  }

  private static void oldSpellings(OptionRows rows) {
    rows
        .renamed("--no-web", null, 0, TEXT, "headless", "--headless")
        .renamed("-c --clients", null, 1, COUNT, "num_users", "-u/--users")
        .renamed("--hatch-rate", "LOCUST_HATCH_RATE", 1, RATE, "spawn_rate", "--spawn-rate")
        .renamed("--slave", null, 0, TEXT, "worker", "--worker")
        .renamed("--expect-slaves", null, 1, POSITIVE_INTEGER, "expect_workers", "--expect-workers")
        .renamed("--port", null, 1, INTEGER, "web_port", "--web-port")
        .renamed("--csv-base-name", null, 1, TEXT, "csv_prefix", "--csv")
        .ignored("--no-reset-stats", 0, "statistics are only reset with --reset-stats")
        .ignored("-n --num-request", 1, "a number of requests no longer ends a test: use --run-time")
        .ignored("--heartbeat-liveness", 1, "the heartbeat has fixed times")
        .ignored("--heartbeat-interval", 1, "the heartbeat has fixed times")
        .gone("--step-load", 0, STEP_LOAD)
        .gone("--step-clients", 1, STEP_LOAD)
        .gone("--step-users", 1, STEP_LOAD)
        .gone("--step-time", 1, STEP_LOAD);
  }
}
