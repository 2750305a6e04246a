package io.katydid.graalpy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Writes a jar that comes before Truffle's own on the class path of a prepared runtime: the one class of Truffle that opens
 * the JVM's tool interface, with the one method empty that does it. Then the JVM has no switch of virtual threads to announce,
 * and {@link CarriedState} does what Truffle would do at each. A program of its own, which {@code katydid prepare} runs.
 */
public final class SilentTruffle {
  private static final String CLASS = "com/oracle/truffle/api/impl/Accessor$JavaLangSupport.class";
  private static final String OPENS_TOOL_INTERFACE = "registerJVMTIHook";

  private SilentTruffle() {}

  /** Arguments: the jar to write. */
  public static void main(String[] args) throws IOException {
    byte[] changed = withoutAnnouncements();
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      jar.putNextEntry(new JarEntry(CLASS));
      jar.write(changed);
    }
  }

  /** @throws IOException if this Truffle has no such class or method */
  static byte[] withoutAnnouncements() throws IOException {
    ClassModel truffles;
    try (InputStream in = SilentTruffle.class.getClassLoader().getResourceAsStream(CLASS)) {
      if (in == null) {
        throw new IOException("This Truffle has no " + CLASS + ".");
      }
      truffles = ClassFile.of().parse(in.readAllBytes());
    }
    if (truffles.methods().stream().noneMatch(SilentTruffle::opensToolInterface)) {
      throw new IOException("Truffle's " + CLASS + " has no native method " + OPENS_TOOL_INTERFACE + ".");
    }
    ClassTransform emptied = (all, element) -> {
      if (element instanceof MethodModel method && opensToolInterface(method)) {
        all.withMethodBody(method.methodName(), method.methodType(), method.flags().flagsMask() & ~ClassFile.ACC_NATIVE,
            CodeBuilder::return_);
      } else {
        all.with(element);
      }
    };
    return ClassFile.of().transformClass(truffles, emptied);
  }

  private static boolean opensToolInterface(MethodModel method) {
    return method.methodName().equalsString(OPENS_TOOL_INTERFACE)
        && (method.flags().flagsMask() & ClassFile.ACC_NATIVE) != 0;
  }
}
