package dev.leasehold.samples.cluster;

import java.nio.file.Path;

/**
 * A user of a control plane and its way in.
 *
 * @param user the name to put into a RoleBinding's subject of kind {@code User}
 * @param kubeconfig a file with the user's address, certificate authority and token
 */
public record Login(String user, Path kubeconfig) {}
