package io.katydid.graalpy;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.shadowed.com.ibm.icu.lang.UCharacter;
import org.graalvm.shadowed.com.ibm.icu.lang.UProperty;

/**
 * What Python's {@code unicodedata} knows of characters and GraalPy takes from a C module. That one would be loaded by the
 * first thread that needs it, in the middle of a run. Pure; any thread.
 */
public final class UnicodeCharacters {
  UnicodeCharacters() {}

  /** The canonical combining class: 0 to 254. */
  @HostAccess.Export
  public int combining(int character) {
    return UCharacter.getCombiningClass(character);
  }

  /** The East Asian width: F, H, W, Na, A or N. */
  @HostAccess.Export
  public String eastAsianWidth(int character) {
    return UCharacter.getPropertyValueName(
        UProperty.EAST_ASIAN_WIDTH,
        UCharacter.getIntPropertyValue(character, UProperty.EAST_ASIAN_WIDTH),
        UProperty.NameChoice.SHORT);
  }

  /** The character of this name or alias, in any case; -1: none. */
  @HostAccess.Export
  public int named(String name) {
    int found = UCharacter.getCharFromName(name);
    return found >= 0 ? found : UCharacter.getCharFromNameAlias(name);
  }

  /** Whether the character was there in this version of Unicode. */
  @HostAccess.Export
  public boolean existedIn(int character, int major, int minor) {
    var age = UCharacter.getAge(character);
    return age.getMajor() != 0 && (age.getMajor() < major || age.getMajor() == major && age.getMinor() <= minor);
  }
}
