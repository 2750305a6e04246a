package io.katydid.graalpy;

/** An entity that a document declared. Owned by the document's {@link XmlDtd}. */
final class XmlEntity {
  final String name;
  final boolean parameter;
  /** What it stands for; null for external ones. */
  char[] text;
  String base;
  String systemId;
  String publicId;
  String notation;
  /** Being read: a reference to it now is a circle. */
  boolean open;

  XmlEntity(String name, boolean parameter) {
    this.name = name;
    this.parameter = parameter;
  }
}
