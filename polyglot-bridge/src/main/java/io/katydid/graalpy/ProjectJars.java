package io.katydid.graalpy;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;

/**
 * The class loader of the jars in a `lib` folder, for `java.type` in a locustfile. One per set of jars and process, so that
 * all contexts see the same classes. JDBC drivers in it are made known to the DriverManager, which otherwise only takes
 * those of the class path.
 */
final class ProjectJars {
  private final List<Path> jars;
  private final ClassLoader loader;

  ProjectJars(List<Path> jars) {
    this.jars = jars;
    ClassLoader own = ProjectJars.class.getClassLoader();
    if (jars.isEmpty()) {
      this.loader = own;
    } else {
      this.loader = new URLClassLoader("lib", jars.stream().map(ProjectJars::url).toArray(URL[]::new), own);
      registerDrivers();
    }
  }

  ClassLoader loader() {
    return loader;
  }

  boolean areOf(List<Path> others) {
    return jars.equals(others);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("Not a path of a jar: " + jar, e);
    }
  }

  private void registerDrivers() {
    ServiceLoader.load(Driver.class, loader).stream()
        .filter(driver -> driver.type().getClassLoader() == loader)
        .forEach(
            driver -> {
              try {
                DriverManager.registerDriver(new LibDriver(driver.get()));
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** A driver of the `lib` folder in a class that the DriverManager's callers can see. */
  private record LibDriver(Driver driver) implements Driver {
    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      return driver.connect(url, info);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      return driver.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
      return driver.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
      return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
      return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
      return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      return driver.getParentLogger();
    }
  }
}
