"""What is known about packages of the Python index: which ones Katydid stands in for, which cannot work, and under which
name a module is installed. Plain tables, read by `katydid pip`, `katydid check` and the loader of locustfiles.
"""

# Distributions whose modules are Katydid's own, with the version they answer to.
PROVIDED = {
    "locust": "2.47.0", "locustio": "2.47.0", "locust-cloud": "1.30.0", "gevent": "25.9.1", "greenlet": "3.2.4",
    "geventhttpclient": "2.3.4", "requests": "2.32.5", "urllib3": "2.8.0", "flask": "3.1.2", "flask-login": "0.6.3",
    "certifi": "2026.1.1", "orjson": "3.11.4", "ujson": "5.11.0", "msgpack": "1.1.2",
    "psutil": "7.0.0", "psycopg2": "2.9.10", "psycopg2-binary": "2.9.10", "grpcio": "1.85.3"}

# Those of them that the index has with compiled parts only: packages that depend on them get an empty one to find.
STAND_INS = ("locust", "locustio", "locust-cloud", "gevent", "greenlet", "geventhttpclient", "orjson", "ujson", "msgpack", "psutil",
              "psycopg2", "psycopg2-binary", "grpcio")

# Those of them that are other names of another one.
OTHER_NAMES = ("locustio", "psycopg2-binary")
LOCUST = {"locust", "locustio"}

# What else their extras bring, as in `locust[mqtt]`. Katydid's own modules do without some of it.
EXTRAS = {
    "locust": {"dns": ["dnspython>=2.8.0"], "milvus": ["pymilvus>=2.5.0"], "mqtt": ["paho-mqtt>=2.1.0"],
               "otel": ["opentelemetry-exporter-otlp-proto-http>=1.38.0", "opentelemetry-instrumentation-requests>=0.59b0",
                        "opentelemetry-instrumentation-urllib3>=0.59b0", "opentelemetry-sdk>=1.38.0"],
               "qdrant": ["qdrant-client>=1.16.2"]},
    "requests": {"security": [], "socks": ["PySocks>=1.5.6,!=1.5.7"], "use-chardet-on-py3": ["chardet>=3.0.2,<8"]},
    "urllib3": {"brotli": [], "h2": ["h2>=4,<5"], "socks": ["PySocks>=1.5.6,!=1.5.7"], "zstd": []},
    "flask": {"async": ["asgiref>=3.2"], "dotenv": ["python-dotenv"]},
    "gevent": {"dnspython": [], "events": [], "monitor": [], "recommended": []},
    "geventhttpclient": {}}

# What a lock file has because Locust and its own packages need it. Of these only the compiled parts are good for anything.
NEEDED_BY_LOCUST_ONLY = {"pyzmq", "brotli"}

# Modules that need compiled code, and what to do instead. The names are those to import.
NATIVE = {
    "numpy": "Use the modules random, statistics and math of the standard library, or Java's classes "
             "(docs/java-from-a-locustfile.md).",
    "pandas": "Read files with the module csv; prepare bigger data beforehand and save it as CSV or JSON.",
    "scipy": "Use random and statistics of the standard library, or a Java library such as Apache Commons Math in lib/.",
    "sklearn": "Compute outside of the load test and save the result as CSV or JSON.",
    "matplotlib": "Take the figures from the CSV files (--csv) and draw them afterwards.",
    "lxml": "Use xml.etree.ElementTree of the standard library; for HTML beautifulsoup4 with 'html.parser'.",
    "pyquery": "It is built on lxml. Use beautifulsoup4 with 'html.parser' and its select().",
    "psycopg": "Use psycopg2, which Katydid brings.",
    "asyncpg": "Use psycopg2, which Katydid brings.",
    "MySQLdb": "Use pymysql, which is pure Python.",
    "pyodbc": "Use a JDBC driver in lib/ (docs/java-from-a-locustfile.md).",
    "cx_Oracle": "Use the JDBC driver of Oracle in lib/ (docs/java-from-a-locustfile.md).",
    "confluent_kafka": "Use kafka-python, which is pure Python, or Java's own Kafka client in lib/ "
                       "(docs/java-from-a-locustfile.md).",
    "grpc_tools": "Generate the modules beforehand with an ordinary Python.",
    "cryptography": "Use hashlib and hmac of the standard library, or Java's javax.crypto "
                    "(docs/java-from-a-locustfile.md).",
    "nacl": "Use Java's java.security (docs/java-from-a-locustfile.md).",
    "OpenSSL": "TLS is Java's here: give certificates with cert= and verify= of the client.",
    "PIL": "Use Java's javax.imageio (docs/java-from-a-locustfile.md), or prepare the pictures beforehand.",
    "cv2": "Prepare the pictures beforehand.",
    "zmq": "Use Java's JeroMQ in lib/ (docs/java-from-a-locustfile.md).",
    "brotli": "Katydid's clients decode replies compressed with br themselves; leave it out.",
    "opentelemetry.exporter.otlp.proto.grpc": "Use opentelemetry.exporter.otlp.proto.http, which is pure Python.",
    "uvloop": "It is an event loop of its own; leave it out.",
    "playwright": "It drives browsers through a program of its own; Katydid tests at the level of the protocol.",
    "tensorflow": "Compute outside of the load test.",
    "torch": "Compute outside of the load test.",
    "pymilvus": "It is built on gRPC. Use HttpUser with the REST interface of Milvus.",
    "locust.contrib.milvus": "It is built on gRPC. Use HttpUser with the REST interface of Milvus.",
    "pyarrow": "Save the data as CSV or JSON beforehand.",
    "h5py": "Save the data as CSV or JSON beforehand.",
}

# Distributions that are named otherwise than the module.
_NATIVE_DISTRIBUTIONS = {
    "scikit-learn": "sklearn", "psycopg-binary": "psycopg", "psycopg-c": "psycopg",
    "mysqlclient": "MySQLdb", "grpcio-tools": "grpc_tools", "pynacl": "nacl", "pyopenssl": "OpenSSL", "pillow": "PIL",
    "opencv-python": "cv2", "opencv-python-headless": "cv2", "pyzmq": "zmq"}

# Modules with compiled code that works here, and how big the wheel is that it comes from, in bytes; 0: it comes with Python. Of
# what is installed the folder knows better.
COMPILED = {"sqlite3": 0, "pydantic": 2_283_625, "pydantic_core": 2_283_625, "openai": 301_132, "jiter": 301_132, "xxhash": 45_317,
            "Crypto": 2_650_000, "Cryptodome": 2_650_000}

# Packages that were built from their source here and then worked: minutes, Debian's packages with the headers they need besides a
# compiler, whether they need Rust.
BUILDABLE = {"bcrypt": (3, (), True), "cffi": (1, ("libffi-dev",), False)}

# Which package to install for a module, where the names differ.
_DISTRIBUTIONS = {
    "dotenv": "python-dotenv", "yaml": "pyyaml", "bs4": "beautifulsoup4", "websocket": "websocket-client",
    "jwt": "pyjwt", "socketio": "python-socketio[client]", "engineio": "python-engineio[client]", "dns": "dnspython",
    "qdrant_client": "qdrant-client", "dateutil": "python-dateutil", "locust_plugins": "locust-plugins",
    "google.protobuf": "protobuf", "google.auth": "google-auth", "google.oauth2": "google-auth",
    "google.api_core": "google-api-core", "google.cloud.storage": "google-cloud-storage",
    "google.cloud.pubsub": "google-cloud-pubsub", "google.cloud.pubsub_v1": "google-cloud-pubsub",
    "googleapiclient": "google-api-python-client", "paho": "paho-mqtt", "azure.core": "azure-core",
    "azure.identity": "azure-identity", "azure.storage.blob": "azure-storage-blob", "azure.eventhub": "azure-eventhub",
    "azure.servicebus": "azure-servicebus", "azure.cosmos": "azure-cosmos", "azure.monitor": "azure-monitor-query",
    "pkg_resources": "setuptools", "kafka": "kafka-python", "influxdb_client": "influxdb-client",
    "prometheus_client": "prometheus-client", "requests_toolbelt": "requests-toolbelt", "attr": "attrs",
    "requests_oauthlib": "requests-oauthlib", "requests_ntlm": "requests-ntlm", "requests_aws4auth": "requests-aws4auth",
    "jsonpath_ng": "jsonpath-ng", "jsonpath_rw": "jsonpath-rw", "stomp": "stomp.py", "slugify": "python-slugify",
    "mysql": "mysql-connector-python", "serial": "pyserial", "git": "gitpython", "jose": "python-jose",
    "opentelemetry": "opentelemetry-sdk", "opentelemetry.sdk": "opentelemetry-sdk", "opentelemetry.api": "opentelemetry-api",
    "opentelemetry.exporter": "opentelemetry-exporter-otlp-proto-http",
    "opentelemetry.instrumentation.requests": "opentelemetry-instrumentation-requests",
    "opentelemetry.instrumentation.urllib3": "opentelemetry-instrumentation-urllib3",
    "opentelemetry.instrumentation.system_metrics": "opentelemetry-instrumentation-system-metrics",
    "openfeature": "openfeature-sdk", "markdown": "markdown", "socks": "pysocks", "ulid": "python-ulid",
    "rest_framework": "djangorestframework", "configargparse": "configargparse", "flask_cors": "flask-cors",
    "typing_extensions": "typing-extensions", "sseclient": "sseclient-py", "zope.interface": "zope.interface",
    "docx": "python-docx", "pptx": "python-pptx", "telegram": "python-telegram-bot", "ldap": "python-ldap",
    "Crypto": "pycryptodome", "Cryptodome": "pycryptodomex", "pydantic_core": "pydantic-core",
    "fake_useragent": "fake-useragent", "azure": None, "google": None}

# Packages of the same name as their module. A name that is in neither table is nobody's to guess: it may be a module of the
# project, and whoever asked the index for it would get what a stranger has put there.
_SAME_NAME = set("""
    aiohttp anyio arrow asgiref asyncssh autobahn babel backoff bidict blinker boto boto3 botocore cachetools cattrs cbor2
    cerberus chardet click colorama coloredlogs configobj coverage croniter cssselect cssutils dacite dataclasses_json
    deepdiff dicttoxml dill distro django docker docopt ecdsa elasticsearch environs execnet faker fastapi filelock fsspec
    furl gspread gql graphene grequests h11 h2 har2locust hiredis hpack html5lib httpcore httplib2 httptools httpx humanize
    hvac hypothesis icalendar idna influxdb invoke isodate itsdangerous jinja2 jiter jmespath jsonlines jsonpatch jsonpath
    jsonpickle jsonpointer jsonschema kazoo kombu ldap3 logbook loguru markupsafe marshmallow mimesis mock more_itertools
    motor munch netaddr networkx nltk oauthlib openai opensearchpy openpyxl packaging paramiko parameterized passlib
    pathvalidate pendulum phonenumbers pika platformdirs polling2 prettytable progressbar pyasn1 pycparser pydantic pygments
    pymongo pymysql pynamodb pyotp pyparsing pyperclip pypdf pytest pytz qrcode rdflib redis regex requests_mock retry
    retrying rich rsa ruamel.yaml schedule selenium semver setuptools shortuuid simplejson six sortedcontainers soupsieve
    sqlalchemy sqlparse starlette structlog tabulate tenacity termcolor testcontainers text_unidecode texttable toml tomli
    tomlkit toolz tornado tqdm typer tzdata tzlocal unidecode uritemplate validators vcrpy wcwidth webob websockets werkzeug
    wrapt wsproto xlrd xlsxwriter xlwt xmltodict xxhash yarl zeep zipp
""".split())


def normalized(distribution):
    """A distribution's name as the index compares it."""
    name = distribution.lower().replace("_", "-").replace(".", "-")
    while "--" in name:
        name = name.replace("--", "-")
    return name


def distribution_of(module):
    """What to install for a dotted module name; None where that is not known. Never a guess."""
    for name in _prefixes(module):
        if name in _DISTRIBUTIONS:
            return _DISTRIBUTIONS[name]
    top = module.split(".")[0]
    return top.replace("_", "-") if top in _SAME_NAME else None


def size(count):
    """A number of bytes for people."""
    return f"{count / 1e6:.0f} MB" if count >= 9.5e5 else f"{max(1, round(count / 1e3))} kB"


def _prefixes(module):
    """A dotted name, and what it lies in, the longest first."""
    while module:
        yield module
        module = module.rpartition(".")[0]


def how_to_get(module):
    """The sentence for a module that is missing."""
    distribution = distribution_of(module)
    if distribution is not None:
        return f"Install it with: katydid pip install {distribution}"
    return ("If it is a module of your project, put it beside the locustfile or name its folder in PYTHONPATH. If it is a "
            "package, install it by the name that its documentation gives: katydid pip install NAME")


def extra(distribution, name):
    """What an extra of a package that Katydid brings needs; None if there is no such extra."""
    known = EXTRAS.get(normalized(distribution))
    return [] if not name or known is None else known.get(normalized(name))


def native_module(distribution):
    """The module that makes a distribution impossible, None if nothing is known against it."""
    name = normalized(distribution)
    module = _NATIVE_DISTRIBUTIONS.get(name)
    if module is None:
        module = next((one for one in NATIVE if normalized(one) == name), None)
    return module


def refusal(module, name=None):
    """The sentence for a dotted module that needs compiled code; None if it is not known to."""
    found = next((one for one in _prefixes(module) if one in NATIVE), None)
    instead = NATIVE.get(found)
    if instead is None:
        return None
    return f"{name or found} needs compiled code, which does not run here. {instead}"
