package dev.leasehold.samples.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The command lines of a local control plane's servers, which are the same at each start.
 *
 * @param programs what to run
 * @param folder where certificates, tokens, keys and data are
 * @param etcd where etcd serves clients
 * @param peer where etcd would serve other members
 * @param apiServer where the API server serves
 */
record ServerCommands(Programs programs, DataFolder folder, URI etcd, URI peer, URI apiServer) {

  static final String CERTIFICATES = "certificates";
  static final String TOKENS = "tokens.csv";
  static final String SERVICE_ACCOUNT_KEY = "service-account.key";

  List<String> ofEtcd() {
    return List.of(
        programs.etcd().toString(),
        "--data-dir=" + folder.file("etcd"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + etcd,
        "--advertise-client-urls=" + etcd,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer);
  }

  List<String> ofApiServer() {
    Path key = folder.file(SERVICE_ACCOUNT_KEY);
    return List.of(
        programs.apiServer().toString(),
        "--etcd-servers=" + etcd,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + apiServer.getPort(),
        "--endpoint-reconciler-type=none",
        "--cert-dir=" + folder.file(CERTIFICATES),
        "--token-auth-file=" + folder.file(TOKENS),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-signing-key-file=" + key,
        "--service-account-key-file=" + key,
        "--disable-admission-plugins=ServiceAccount",
        "--service-cluster-ip-range=10.0.0.0/24");
  }
}
