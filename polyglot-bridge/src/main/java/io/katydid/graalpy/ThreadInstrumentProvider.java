package io.katydid.graalpy;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;

/** How the engine finds {@link ThreadInstrument}; listed among the services of this module. */
@TruffleInstrument.Registration(
    id = ThreadInstrument.ID,
    name = "Katydid's threads",
    services = ThreadInstrument.Access.class)
public final class ThreadInstrumentProvider extends TruffleInstrumentProvider {
  @Override
  protected String getInstrumentClassName() {
    return ThreadInstrument.class.getName();
  }

  @Override
  protected Object create() {
    return new ThreadInstrument();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(ThreadInstrument.Access.class.getName());
  }
}
