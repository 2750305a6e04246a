import org.graalvm.polyglot.Context;

/** A class right under `Generic` that has a `__new__` cannot be made: a TypeError, not so in CPython. Below another class it can. */
public final class GenericNew {
  private GenericNew() {}

  public static void main(String[] arguments) {
    try (Context python = Context.create("python")) {
      python.eval("python", """
          from typing import Generic, TypeVar
          T = TypeVar("T")
          class Plain:
              pass
          class Below(Plain, Generic[T]):
              def __new__(cls):
                  return super().__new__(cls)
          class Under(Generic[T]):
              def __new__(cls):
                  return super().__new__(cls)
          for kind in (Below, Under):
              try:
                  print(type(kind()) is kind)
              except TypeError as error:
                  print(error)
          """);
    }
  }
}
