package dev.leasehold.samples.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest tells, and the JVM's. */
final class JarVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = JarVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      "Leasehold samples " + (version == null ? "(not from a jar)" : version),
      "Java " + Runtime.version()
    };
  }
}
