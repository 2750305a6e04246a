/** Java's gRPC as the Python package `grpc` uses it. Its classes are loaded when a file imports that. */
package io.katydid.graalpy.grpc;
