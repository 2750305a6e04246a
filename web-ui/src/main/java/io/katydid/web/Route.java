package io.katydid.web;

/** Answers one request. Called on any web thread. */
@FunctionalInterface
interface Route {
  WebReply answer(WebRequest request) throws Exception;
}
