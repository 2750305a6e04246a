"""What is known about packages of the Python index: which ones Katydid stands in for, which cannot work, and under which
name a module is installed. Plain tables, read by `katydid pip`, `katydid check` and the loader of locustfiles.
"""

# Distributions whose modules are Katydid's own, with the version they answer to.
PROVIDED = {
    "locust": "2.47.0", "locustio": "2.47.0", "locust-cloud": "1.30.0", "gevent": "25.9.1", "greenlet": "3.2.4",
    "geventhttpclient": "2.3.4", "requests": "2.32.5", "urllib3": "2.8.0", "flask": "3.1.2", "flask-login": "0.6.3",
    "certifi": "2026.1.1", "orjson": "3.11.4", "ujson": "5.11.0", "msgpack": "1.1.2",
    "psutil": "7.0.0", "psycopg2": "2.9.10", "psycopg2-binary": "2.9.10"}

# Those of them that the index has with compiled parts only: packages that depend on them get an empty one to find.
STAND_INS = ("locust", "locustio", "locust-cloud", "gevent", "greenlet", "geventhttpclient", "orjson", "ujson", "msgpack", "psutil",
              "psycopg2", "psycopg2-binary")

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
    "grpc": "Use Java's gRPC in lib/ (docs/java-from-a-locustfile.md).",
    "grpc_tools": "Generate the modules beforehand with an ordinary Python.",
    "cryptography": "Use hashlib and hmac of the standard library, or Java's javax.crypto "
                    "(docs/java-from-a-locustfile.md).",
    "Crypto": "Use hashlib and hmac of the standard library, or Java's javax.crypto (docs/java-from-a-locustfile.md).",
    "Cryptodome": "Use hashlib and hmac of the standard library, or Java's javax.crypto "
                  "(docs/java-from-a-locustfile.md).",
    "nacl": "Use Java's java.security (docs/java-from-a-locustfile.md).",
    "bcrypt": "Use hashlib.scrypt or pbkdf2_hmac of the standard library.",
    "OpenSSL": "TLS is Java's here: give certificates with cert= and verify= of the client.",
    "pydantic_core": "Take pydantic 1, which is pure Python: katydid pip install 'pydantic<2'.",
    "PIL": "Use Java's javax.imageio (docs/java-from-a-locustfile.md), or prepare the pictures beforehand.",
    "cv2": "Prepare the pictures beforehand.",
    "zmq": "Use Java's org.zeromq, which Katydid brings (docs/java-from-a-locustfile.md).",
    "uvloop": "It is an event loop of its own; leave it out.",
    "playwright": "It drives browsers through a program of its own; Katydid tests at the level of the protocol.",
    "tensorflow": "Compute outside of the load test.",
    "torch": "Compute outside of the load test.",
    "pyarrow": "Save the data as CSV or JSON beforehand.",
    "h5py": "Save the data as CSV or JSON beforehand.",
}

# Distributions that are named otherwise than the module.
_NATIVE_DISTRIBUTIONS = {
    "scikit-learn": "sklearn", "psycopg-binary": "psycopg", "psycopg-c": "psycopg",
    "mysqlclient": "MySQLdb", "grpcio": "grpc", "grpcio-tools": "grpc_tools", "pycryptodome": "Crypto",
    "pycrypto": "Crypto", "pycryptodomex": "Cryptodome", "pynacl": "nacl", "pyopenssl": "OpenSSL", "pillow": "PIL",
    "opencv-python": "cv2", "opencv-python-headless": "cv2", "pyzmq": "zmq"}

# Where the name to import is not the name to install.
_DISTRIBUTIONS = {
    "dotenv": "python-dotenv", "yaml": "pyyaml", "bs4": "beautifulsoup4", "websocket": "websocket-client",
    "jwt": "pyjwt", "socketio": "python-socketio[client]", "engineio": "python-engineio[client]", "dns": "dnspython",
    "qdrant_client": "qdrant-client", "dateutil": "python-dateutil", "locust_plugins": "locust-plugins",
    "google.protobuf": "protobuf", "google": "google-api-python-client", "paho": "paho-mqtt",
    "pkg_resources": "setuptools", "kafka": "kafka-python", "influxdb_client": "influxdb-client",
    "prometheus_client": "prometheus-client", "requests_toolbelt": "requests-toolbelt", "attr": "attrs",
    "jsonpath_ng": "jsonpath-ng", "msgpack": "msgpack", "stomp": "stomp.py", "pika": "pika", "slugify": "python-slugify",
    "mysql": "mysql-connector-python", "serial": "pyserial", "git": "gitpython", "markdown": "markdown",
    "googleapiclient": "google-api-python-client", "ldap3": "ldap3", "zoneinfo": "tzdata", "pyotp": "pyotp",
    "engine": "engine", "har2locust": "har2locust", "opentelemetry": "opentelemetry-sdk"}


def normalized(distribution):
    """A distribution's name as the index compares it."""
    name = distribution.lower().replace("_", "-").replace(".", "-")
    while "--" in name:
        name = name.replace("--", "-")
    return name


def distribution_of(module):
    """What to install for a dotted module name."""
    parts = module.split(".")
    return _DISTRIBUTIONS.get(".".join(parts[:2])) or _DISTRIBUTIONS.get(parts[0]) or parts[0]


def native_module(distribution):
    """The module that makes a distribution impossible, None if nothing is known against it."""
    name = normalized(distribution)
    module = _NATIVE_DISTRIBUTIONS.get(name)
    if module is None:
        module = next((one for one in NATIVE if normalized(one) == name), None)
    return module


def refusal(module, name=None):
    """The sentence for a module that needs compiled code; None if it is not known to."""
    instead = NATIVE.get(module)
    if instead is None:
        return None
    return f"{name or module} needs compiled code, which does not run here. {instead}"
