package io.katydid.graalpy;

import io.katydid.http.PythonText;

/** The two clients of Locust: what their JSON requests carry and which status codes are failures. */
enum HttpFlavor {
  REQUESTS {
    @Override
    boolean failed(int status) {
      return status >= 400 && status < 600;
    }

    @Override
    String statusError(int status, String reason, String name) {
      String side = status < 500 ? " Client Error: " : " Server Error: ";
      return "HTTPError(" + PythonText.repr(status + side + reason + " for url: " + name) + ")";
    }
  },
  FAST {
    @Override
    boolean failed(int status) {
      return switch (status) {
        case 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 301, 302, 303, 304, 307, 308 -> false;
        default -> true;
      };
    }

    @Override
    String statusError(int status, String reason, String name) {
      return "LocustBadStatusCode(code=" + status + ")";
    }
  };

  /** Whether a reply of this status is a failed request. */
  abstract boolean failed(int status);

  /** Python's repr of the exception such a status is reported with. */
  abstract String statusError(int status, String reason, String name);
}
