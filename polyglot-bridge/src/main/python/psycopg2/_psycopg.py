"""The names of psycopg2's compiled module, which some packages import."""
from psycopg2 import (BINARY, DATETIME, NUMBER, ROWID, STRING, DatabaseError, DataError, Error, IntegrityError,
                      InterfaceError, InternalError, NotSupportedError, OperationalError, ProgrammingError, Warning)
from psycopg2._types import Type as type
from psycopg2.extensions import *
