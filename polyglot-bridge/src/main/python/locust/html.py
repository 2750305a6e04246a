"""Names of the HTML report, which Java writes (option --html)."""
PERCENTILES_FOR_HTML_REPORT = [0.50, 0.60, 0.70, 0.80, 0.90, 0.95, 0.99, 1.0]


def process_html_filename(options):
    """Puts the number of users, the rate and the run time into the file's name where it asks for them; what has not been
    given stays as it is, the rate is 1 then."""
    if not options.html_file:
        return
    name = options.html_file
    rate = options.spawn_rate if isinstance(options.spawn_rate, (int, float)) else 1
    for mark, value in (("{u}", options.num_users), ("{r}", rate), ("{t}", options.run_time)):
        if value is not None:
            name = name.replace(mark, str(value))
    options.html_file = name


def get_html_report(environment, show_download_link=True, theme=""):
    """The report of what was counted so far, as text."""
    import _katydid
    runner = environment.runner
    report = None if runner is None else _katydid.blocking(runner._port.htmlReport, theme == "dark")
    if report is None:
        raise RuntimeError("There is no HTML report here: it is made where the results are, on the master or in a local run.")
    return report


def __getattr__(name):
    from ._other_names import of_module
    return of_module(__name__, name)
