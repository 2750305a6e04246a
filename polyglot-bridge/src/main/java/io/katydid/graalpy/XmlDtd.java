package io.katydid.graalpy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a document's declarations say. Shared by a parser and those it made for external entities, all of one thread. */
final class XmlDtd {
  /** An attribute of an element's kind: its default, null if it has none, and whether its value is text as it is. */
  record Attribute(String value, boolean text) {}

  final Map<String, XmlEntity> entities = new HashMap<>();
  final Map<String, XmlEntity> parameters = new HashMap<>();
  final Map<String, Map<String, Attribute>> attributes = new HashMap<>();
  boolean standalone;
  boolean hasParameterReferences;
  boolean keepProcessing = true;

  Map<String, Attribute> attributesOf(String element) {
    return attributes.computeIfAbsent(element, e -> new LinkedHashMap<>());
  }
}
