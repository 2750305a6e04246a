package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The class of Truffle that the prepared runtime uses differs from Truffle's in one method, whatever version of it comes. */
class SilentTruffleTest {
  private static final String CLASS = "com/oracle/truffle/api/impl/Accessor$JavaLangSupport.class";

  @Test
  void oneMethodIsNotNativeAnyMore() throws Exception {
    ClassModel before;
    try (var in = SilentTruffle.class.getClassLoader().getResourceAsStream(CLASS)) {
      before = ClassFile.of().parse(in.readAllBytes());
    }
    ClassModel after = ClassFile.of().parse(SilentTruffle.withoutAnnouncements());

    List<String> changed = new ArrayList<>(signatures(before));
    changed.removeAll(signatures(after));

    assertEquals(List.of("registerJVMTIHook()V native"), changed);
    assertEquals(before.methods().size(), after.methods().size());
    assertEquals(before.fields().size(), after.fields().size());
  }

  private static Set<String> signatures(ClassModel model) {
    Set<String> all = new TreeSet<>();
    for (MethodModel method : model.methods()) {
      boolean isNative = (method.flags().flagsMask() & ClassFile.ACC_NATIVE) != 0;
      all.add(method.methodName().stringValue() + method.methodType().stringValue() + (isNative ? " native" : ""));
    }
    return all;
  }
}
