package dev.leasehold.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * What a kubeconfig of one cluster and one user says.
 *
 * @param server the API server's address
 * @param authority PEM certificates that the server's certificate is checked against; empty for
 *     those of the system
 * @param token the user's bearer token
 */
record Kubeconfig(URI server, String authority, String token) {

  /** Writes the file; as it is in JSON, it is also YAML. */
  Path write(Path file) {
    String certificates =
        authority.isEmpty()
            ? ""
            : ", \"certificate-authority-data\": \""
                + Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII))
                + "\"";
    String text =
        """
        {"apiVersion": "v1", "kind": "Config", "current-context": "leasehold",
         "clusters": [{"name": "leasehold", "cluster": {"server": "%s"%s}}],
         "users": [{"name": "leasehold", "user": {"token": "%s"}}],
         "contexts": [{"name": "leasehold",
           "context": {"cluster": "leasehold", "user": "leasehold", "namespace": "default"}}]}
        """
            .formatted(server, certificates, token);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new ControlPlaneFault("The kubeconfig " + file + " can't be written: " + e, e);
    }
  }
}
