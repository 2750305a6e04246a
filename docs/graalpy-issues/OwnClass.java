import org.graalvm.polyglot.Context;

/** A class whose metaclass has a `__new__` and that becomes its own class, as in h11: a TypeError, not so in CPython. */
public final class OwnClass {
  private OwnClass() {}

  public static void main(String[] arguments) {
    try (Context python = Context.create("python")) {
      python.eval("python", """
          class Meta(type):
              def __new__(cls, name, bases, namespace):
                  return super().__new__(cls, name, bases, namespace)
          class Own(Meta, metaclass=Meta):
              pass
          try:
              Own.__class__ = Own
              print(type(Own) is Own)
          except TypeError as error:
              print(error)
          """);
    }
  }
}
